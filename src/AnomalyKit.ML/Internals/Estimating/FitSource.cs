using AnomalyKit.ML.Inputs;
using Microsoft.ML;

namespace AnomalyKit.ML.Estimating;

/// <summary>A trainer, and how it takes data of ML.NET.</summary>
internal abstract class FitSource
{
    /// <summary>The columns that are needed by name.</summary>
    public abstract IEnumerable<string> ColumnNames { get; }

    /// <summary>Whether scores are expected to have p-values.</summary>
    public bool HasPValues => Calibration is { GivesTailProbabilities: true };

    protected abstract ScoreCalibration? Calibration { get; }

    public abstract DetectorInput Fit(IDataView data, FitOptions? options, CancellationToken cancellationToken);
}
