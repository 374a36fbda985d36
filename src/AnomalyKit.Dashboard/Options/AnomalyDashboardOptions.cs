namespace AnomalyKit;

/// <summary>What the dashboard shows, and what its viewers may do.</summary>
public sealed class AnomalyDashboardOptions
{
    /// <summary>The name at the top of every page; <c>AnomalyKit</c> by default.</summary>
    public string Title { get; set; } = "AnomalyKit";

    /// <summary>The store of runs: the path of a file, or the address of an MLflow server; null (the default) for none. A file is opened to read only, so that no writer waits for a viewer.</summary>
    public string? RunStore { get; set; }

    /// <summary>Whether viewers may label rows. False by default: the dashboard changes nothing.</summary>
    public bool AllowAnswers { get; set; }

    /// <summary>The file that keeps the labels, as <c>anomalykit review --session</c> does. Needed where <see cref="AllowAnswers"/> is set; null by default.</summary>
    public string? AnswersFile { get; set; }

    /// <summary>The most bytes of an uploaded table; 256 MiB by default. A larger one is refused before it is read.</summary>
    public long MaxUploadBytes { get; set; } = 256L << 20;

    /// <summary>The most rows of an uploaded table; 1,000,000 by default. They are kept in memory as long as their viewer stays.</summary>
    public int MaxUploadRows { get; set; } = 1_000_000;

    /// <summary>Labeled tables on the host's disk by the name that viewers see, for judging models; none by default.</summary>
    public IDictionary<string, LabeledTableFile> LabeledTables { get; } = new Dictionary<string, LabeledTableFile>(StringComparer.Ordinal);
}
