namespace AnomalyKit;

/// <summary>A table on the host's disk with a column that says which rows are anomalies.</summary>
/// <param name="Path">A CSV, Parquet or Arrow file, or a folder of them.</param>
/// <param name="LabelColumn">The column of the labels: 0 or 1, true or false, yes or no. Rows where it is missing are left out.</param>
/// <param name="Days">How many days of traffic the rows are, for counts per day; null where nobody knows.</param>
public sealed record LabeledTableFile(string Path, string LabelColumn, double? Days = null);
