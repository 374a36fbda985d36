namespace AnomalyKit;

/// <summary>How far the reading of a CSV file is.</summary>
public readonly record struct CsvProgress
{
    /// <summary>Bytes taken from the file or stream so far (compressed bytes if it is compressed).</summary>
    public required long BytesRead { get; init; }

    /// <summary>The length of the file or stream in bytes, or <see langword="null"/> if it is unknown.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Data rows read so far, skipped ones not counted.</summary>
    public required long RowCount { get; init; }
}
