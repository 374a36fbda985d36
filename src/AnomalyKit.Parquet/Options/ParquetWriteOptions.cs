namespace AnomalyKit;

/// <summary>How a Parquet file is written.</summary>
public sealed class ParquetWriteOptions
{
    /// <summary>The options that apply where none are given.</summary>
    public static ParquetWriteOptions Default { get; } = new();

    /// <summary>How pages are compressed; Snappy by default.</summary>
    public ParquetCompression Compression
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such compression.");
    }

    /// <summary>Rows after which a row group is closed, at least 1; 262,144 by default. A row group may pass it by one batch. Its compressed pages are held in memory until then.</summary>
    public int RowGroupRows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1 << 18;
}
