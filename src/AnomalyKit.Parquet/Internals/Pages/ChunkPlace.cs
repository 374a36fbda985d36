namespace AnomalyKit.Parquet.Pages;

/// <summary>Where the pages of one column of one row group lie.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Codec">The compression, as the format numbers it.</param>
internal readonly record struct ChunkPlace(long Start, long Length, int Codec);
