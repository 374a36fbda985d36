namespace AnomalyKit.Samples.MlNet;

/// <summary>A row of the data, as ML.NET reads it.</summary>
internal sealed class Payment
{
    public float Amount { get; set; }

    public float Seconds { get; set; }

    public float Items { get; set; }

    public string Country { get; set; } = "";

    public DateTime Time { get; set; }

    /// <summary>1 for fraud; only the evaluation looks at it. ML.NET's evaluation wants a Single.</summary>
    public float Label { get; set; }
}
