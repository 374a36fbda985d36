namespace AnomalyKit;

/// <summary>How far the scoring of a source is.</summary>
/// <param name="rowCount">The rows scored so far.</param>
/// <param name="totalRowCount">The rows of the whole source; null where it does not say.</param>
/// <param name="anomalyCount">The anomalies among the rows scored so far.</param>
public sealed class TableProgress(long rowCount, long? totalRowCount, long anomalyCount)
{
    /// <summary>The rows scored so far.</summary>
    public long RowCount { get; } = rowCount;

    /// <summary>The rows of the whole source; null where it does not say.</summary>
    public long? TotalRowCount { get; } = totalRowCount;

    /// <summary>The anomalies among the rows scored so far.</summary>
    public long AnomalyCount { get; } = anomalyCount;

    /// <summary>The rows and anomalies in words.</summary>
    /// <returns>For example <c>81 anomalies in 10,000 rows</c>, or <c>81 anomalies in 10,000 of 50,000 rows</c>.</returns>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{AnomalyCount:N0} {(AnomalyCount == 1 ? "anomaly" : "anomalies")} in {RowCount:N0}{(TotalRowCount is { } total && total != RowCount ? $" of {total:N0}" : "")} {((TotalRowCount ?? RowCount) == 1 ? "row" : "rows")}");
}
