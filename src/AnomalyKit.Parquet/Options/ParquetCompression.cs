namespace AnomalyKit;

/// <summary>How the pages of a Parquet file are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Snappy: fast, and read everywhere.</summary>
    Snappy,

    /// <summary>Zstandard: smaller than Snappy, read at about a quarter of the speed.</summary>
    Zstd,

    /// <summary>Gzip: for readers that know nothing newer; slow.</summary>
    Gzip,

    /// <summary>Not at all.</summary>
    None,
}
