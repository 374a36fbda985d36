namespace AnomalyKit.Benchmarks.Columnar;

/// <summary>What to write and read.</summary>
internal sealed record ColumnarOptions(long Rows, int Columns, int BatchRows, int GroupRows, int Repeats, bool Score, string? File);
