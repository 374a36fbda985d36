namespace AnomalyKit;

/// <summary>How far the reading of a CSV file is.</summary>
/// <param name="BytesRead">Bytes taken from the file or stream so far (compressed ones, where it is compressed).</param>
/// <param name="TotalBytes">The length of the file or stream, or <see langword="null"/> where it is unknown.</param>
/// <param name="Rows">Data rows read so far.</param>
public readonly record struct CsvProgress(long BytesRead, long? TotalBytes, long Rows);
