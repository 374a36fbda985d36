namespace AnomalyKit;

/// <summary>How Parquet files are found and read.</summary>
public sealed class ParquetReadOptions
{
    /// <summary>The options that apply where none are given.</summary>
    public static ParquetReadOptions Default { get; } = new();

    /// <summary>
    /// Whether folders named <c>key=value</c> become columns, as Hive and Spark mean it; <see langword="true"/> by default. A column is of whole numbers where all values are
    /// (<c>year=2024</c>), of categories otherwise (<c>month=07</c>, <c>country=DE</c>).
    /// </summary>
    public bool ReadPartitions { get; init; } = true;
}
