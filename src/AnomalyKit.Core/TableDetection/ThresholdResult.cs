namespace AnomalyKit;

/// <summary>A detector with another threshold, and what that threshold does to the rows that it was looked at with.</summary>
/// <param name="Detector">The detector with the threshold.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="AnomalyCount">How many of them have a score above the threshold.</param>
public sealed record ThresholdResult(TableDetector Detector, long RowCount, long AnomalyCount)
{
    /// <summary>Whether these are certainly the rows that the detector was fitted on. Rows that it has not seen may score higher, and would then give a higher threshold.</summary>
    /// <value>False also where it cannot be told: the detector keeps no profile, was fitted with weights, or no column has 20 different values; and if the rule does not look at scores.</value>
    public bool AreFittedRows { get; init; }

    /// <summary>The threshold, where it comes from, and what it does to the rows, for a log: <c>threshold 0.67 (contamination 0.01): 20 of 2000 rows are anomalies</c>.</summary>
    public override string ToString()
    {
        string counted = RowCount == 0 ? "" : FormattableString.Invariant($": {AnomalyCount} of {RowCount} rows are anomalies");
        return FormattableString.Invariant($"threshold {Detector.Threshold:G6} ({Detector.ThresholdOrigin}){counted}{(AreFittedRows ? ", the rows that the detector was fitted on" : "")}");
    }
}
