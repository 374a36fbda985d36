namespace AnomalyKit.Tuning;

/// <summary>The labeled rows of a search, whatever holds them.</summary>
/// <param name="labels">One per row.</param>
internal abstract class SearchRows(RowLabels labels)
{
    /// <summary>The labels.</summary>
    public RowLabels Labels { get; } = labels;

    /// <summary>The SHA-256 of columns, cells and labels, in hexadecimal: whether a search goes on on the same rows. Found when it is asked for.</summary>
    public abstract Lazy<string> Hash { get; }

    /// <summary>Which columns are more than features, as <c>Label fraud</c>; empty where nothing says so.</summary>
    public virtual string Roles => string.Empty;

    /// <summary>The number of rows.</summary>
    public int Count => Labels.Count;

    /// <summary>A column by name, as what splits are made by.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public abstract TableColumn Column(string name);

    /// <summary>How many columns the trainer sees.</summary>
    public abstract int ColumnCountOf(Setting setting);

    /// <summary>About how many bytes a fit on so many rows needs, the copy of the rows included.</summary>
    public abstract long EstimateMemory(Setting setting, int rows);

    /// <summary>Fits a detector on some rows and scores others.</summary>
    /// <param name="setting">The trainer, and the preparation in front of it.</param>
    /// <param name="training">The rows to fit on; their labels are not looked at.</param>
    /// <param name="scored">The rows to score.</param>
    /// <param name="threads">The most threads used.</param>
    /// <param name="token">Stops fit and scoring.</param>
    /// <returns>One score per scored row.</returns>
    public abstract float[] FitAndScore(Setting setting, int[] training, int[] scored, int threads, CancellationToken token);

    /// <summary>A search throws its detectors away, so they need not remember their rows.</summary>
    protected static FitOptions FitOptions(int threads) => new() { MaxDegreeOfParallelism = threads, KeepProfile = false };
}
