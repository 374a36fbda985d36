namespace AnomalyKit;

/// <summary>How files are read. The defaults suit files as programs write them.</summary>
public sealed record TableReadOptions
{
    /// <summary>How CSV is read: delimiters, decimal commas, words for missing cells, bad rows. A <see cref="CsvTableOptions.Progress"/> starts again for each file.</summary>
    public CsvTableOptions Csv { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Whether folders such as <c>country=FR</c> give Parquet files a column. They do by default.</summary>
    public bool ReadPartitions { get; init; } = true;
}
