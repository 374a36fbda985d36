namespace AnomalyKit;

/// <summary>How a table lies in a file.</summary>
public enum TableFormat
{
    /// <summary>Text with delimiters, packed with gzip or not: <c>.csv</c>, <c>.tsv</c>, <c>.txt</c>, each with <c>.gz</c> or without.</summary>
    Csv,

    /// <summary>Apache Parquet: <c>.parquet</c>, <c>.pq</c>.</summary>
    Parquet,

    /// <summary>An Apache Arrow file or stream: <c>.arrow</c>, <c>.arrows</c>, <c>.ipc</c>, <c>.feather</c> (version 2).</summary>
    Arrow,

    /// <summary>One JSON object a line, which is written but not read: <c>.jsonl</c>, <c>.ndjson</c>.</summary>
    JsonLines,
}
