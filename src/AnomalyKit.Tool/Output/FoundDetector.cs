namespace AnomalyKit.Tool.Output;

/// <summary>What the search over a detector's options found.</summary>
/// <param name="Name">The detector's name.</param>
/// <param name="Metric">What settings were judged by.</param>
/// <param name="Result">What was found.</param>
internal sealed record FoundDetector(string Name, SearchMetric Metric, SearchResult Result)
{
    /// <summary>Higher is better, whatever the metric: what is expected on new rows, or where no estimate was asked for what was selected on.</summary>
    public double Merit => Signed(Result.Estimate?.Value ?? Result.BestValue);

    /// <summary>A value of the metric, so that higher is better.</summary>
    public double Signed(double value) => Metric.Direction == SearchDirection.Maximize ? value : -value;
}
