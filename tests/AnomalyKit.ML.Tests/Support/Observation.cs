using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Support;

/// <summary>A row of a program that uses ML.NET.</summary>
public sealed class Observation
{
    [VectorType(Observations.Columns)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public string Id { get; set; } = "";
}

/// <summary>What such a program reads back.</summary>
public sealed class Answer
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }
}

/// <summary>The same of a detector with a calibration of tails.</summary>
public sealed class CalibratedAnswer
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public float PValue { get; set; }
}
