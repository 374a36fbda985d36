namespace AnomalyKit.Benchmarks.Streaming;

/// <summary>What to stream.</summary>
internal sealed record StreamOptions(
    long Rows, int Columns, int Trees, int BatchRows, int Threads, double LimitMegabytes, string? Csv, string? LabelColumn);
