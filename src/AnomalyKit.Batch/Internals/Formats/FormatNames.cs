namespace AnomalyKit.Batch.Formats;

/// <summary>What the ending of a file's name says of its content.</summary>
internal static class FormatNames
{
    public const string Known = "Known endings are .csv, .tsv, .txt (each with .gz, too), .parquet, .pq, .arrow, .arrows, .ipc, .feather, .jsonl and .ndjson; or give the format.";

    /// <summary>The format; null where the ending is not known.</summary>
    public static TableFormat? OfPath(string path)
    {
        string name = Path.GetFileName(path).ToLowerInvariant();
        bool isPacked = name.EndsWith(".gz", StringComparison.Ordinal);
        if (isPacked)
            name = name[..^3];
        TableFormat? format = Path.GetExtension(name) switch
        {
            ".csv" or ".tsv" or ".txt" => TableFormat.Csv,
            ".parquet" or ".pq" => TableFormat.Parquet,
            ".arrow" or ".arrows" or ".ipc" or ".feather" => TableFormat.Arrow,
            ".jsonl" or ".ndjson" => TableFormat.JsonLines,
            _ => null,
        };
        // Parquet and Arrow are packed inside.
        return isPacked && format is not TableFormat.Csv ? null : format;
    }

    /// <summary>What separates cells in a CSV file of that name; null where the name does not say it.</summary>
    public static char? DelimiterOf(string path) => Path.GetFileName(path).Contains(".tsv", StringComparison.OrdinalIgnoreCase) && OfPath(path) == TableFormat.Csv ? '\t' : null;
}
