namespace AnomalyKit;

/// <summary>What the dashboard shows, and what its viewers may do.</summary>
public sealed class AnomalyDashboardOptions
{
    /// <summary>The name at the top of every page; <c>AnomalyKit</c> by default.</summary>
    public string Title { get; set; } = "AnomalyKit";

    /// <summary>The store of runs: the path of a file, or the address of an MLflow server; null (the default) for none. A file is opened to read only, so that no writer waits for a viewer.</summary>
    public string? RunStore { get; set; }

    /// <summary>Whether viewers may label rows of tables with a key column. False by default: the dashboard changes nothing.</summary>
    public bool AllowAnswers { get; set; }

    /// <summary>The file that keeps the labels, as <c>anomalykit review --session</c> does. Needed where <see cref="AllowAnswers"/> is set; null by default.</summary>
    /// <remarks>A file belongs to one model. With several models, write <c>{model}</c> and <c>{version}</c> into the path: each model then has a file of its own.</remarks>
    public string? AnswersFile { get; set; }

    /// <summary>Origins other than its own whose pages may use the dashboard, for example <c>https://dash.example.org</c> where a proxy shows it under that address; none by default. Requests from others are refused with 403.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The most bytes of an uploaded table; 256 MiB by default. A larger one is refused before it is read.</summary>
    public long MaxUploadBytes { get; set; } = 256L << 20;

    /// <summary>The most bytes of an uploaded CSV file when it is unpacked; 1 GiB by default.</summary>
    public long MaxUnpackedBytes { get; set; } = 1L << 30;

    /// <summary>The most rows of a table, uploaded or one of <see cref="LabeledTables"/>; 1,000,000 by default. Uploaded rows are kept in memory as long as their viewer stays.</summary>
    public int MaxUploadRows { get; set; } = 1_000_000;

    /// <summary>The most bytes that the tables of all viewers take at a time, uploads on disk and about what they take in memory; 4 GiB by default. What does not fit is refused.</summary>
    public long MaxHeldBytes { get; set; } = 4L << 30;

    /// <summary>The most tables that are scored or judged at a time, and the most rows that are explained, over all viewers; 2 by default. Others wait for their turn.</summary>
    public int MaxParallelWork { get; set; } = 2;

    /// <summary>Labeled tables on the host's disk by the name that viewers see, for judging models; none by default.</summary>
    public IDictionary<string, LabeledTableFile> LabeledTables { get; } = new Dictionary<string, LabeledTableFile>(StringComparer.Ordinal);
}
