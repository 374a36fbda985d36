namespace AnomalyKit.Tool.Arguments;

/// <summary>The names of formats on the command line.</summary>
internal static class FormatOption
{
    public static TableFormat Parse(string name) => name.ToLowerInvariant() switch
    {
        "csv" => TableFormat.Csv,
        "parquet" => TableFormat.Parquet,
        "arrow" => TableFormat.Arrow,
        "jsonl" => TableFormat.JsonLines,
        _ => throw new Running.UsageException($"There is no format '{name}'. The formats are csv, parquet, arrow and, for output, jsonl."),
    };
}
