using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Searches the options of a trainer for those that find labeled anomalies best, and estimates honestly how well they will do on new rows.</summary>
/// <remarks>
/// <code>
/// SearchResult found = new DetectorSearch(new IsolationForestTrainer()) { TrialCount = 40 }.Run(matrix);
/// Console.WriteLine(found.Estimate);                  // not BestValue, which was selected on
/// var detector = found.Trainer.Fit(matrix);
/// </code>
/// <para>
/// Each trial fits its setting on the training rows of every fold of <see cref="Split"/>, without labels and with the anomalies among them, and takes <see cref="Metric"/> on the rows that were held out; the value of the trial is the
/// mean over the folds. The trainer as it is comes first. A setting that the trainer refuses on these rows is a failed trial with the reason, and the search continues.
/// </para>
/// <para>
/// Immutable and safe for any number of threads. The same data, options and seed give the same result at any degree of parallelism. Cost: (1 + <see cref="OuterFolds"/>) × (1 + <see cref="TrialCount"/>) × folds fits.
/// Without labels, read <see cref="UnlabeledSelection"/> first.
/// </para>
/// </remarks>
public sealed record DetectorSearch
{
    /// <summary>Searches the options of a trainer of matrices. Over a table it stands behind the default preparation.</summary>
    /// <param name="trainer">Any trainer, an ensemble's included; options that are not searched stay as they are.</param>
    public DetectorSearch(IDetectorTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Trainer = trainer;
    }

    /// <summary>Searches the options of a trainer behind a preparation, which is fitted again on the training rows of every fold.</summary>
    /// <param name="trainer">The trainer and its preparation.</param>
    public DetectorSearch(TableTrainer trainer)
        : this((trainer ?? throw new ArgumentNullException(nameof(trainer))).Trainer) => Preparation = trainer.Preparation;

    /// <summary>The trainer that the search starts from.</summary>
    public IDetectorTrainer Trainer { get; }

    /// <summary>The preparation in front of the trainer; null if there is none.</summary>
    public TablePreparation? Preparation { get; }

    /// <summary>The options to search; null (the default) for the built-in ones of the trainer: <see cref="SearchSpace.For(IDetectorTrainer, int, int)"/>.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>Says which setting comes next; null (the default) for a <see cref="TpeSampler"/> with <see cref="Seed"/>.</summary>
    public SearchSampler? Sampler { get; init; }

    /// <summary>How many settings are tried, beside the trainer as it is.</summary>
    /// <value>At least 1; 40 by default.</value>
    public int TrialCount
    {
        get;
        init => field = value is >= 1 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(nameof(TrialCount), value, "TrialCount must lie between 1 and 100000.");
    } = 40;

    /// <summary>What settings are judged by; <see cref="SearchMetric.AveragePrecision"/> by default.</summary>
    public SearchMetric Metric { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = SearchMetric.AveragePrecision;

    /// <summary>The rows that settings are fitted on and measured on; <see cref="ValidationSplit.Stratified"/> with 4 folds by default.</summary>
    public ValidationSplit Split { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = ValidationSplit.Stratified();

    /// <summary>
    /// Ends trials early that do badly on a fraction of the rows; null (the default) lets all come to their end. A trial at a fraction is fitted on that fraction of the training rows, and measured on all held-out anomalies and that
    /// fraction of the other held-out rows; values are compared with those of the same fraction only.
    /// </summary>
    public SuccessiveHalving? Pruning { get; init; }

    /// <summary>
    /// The most outer folds for <see cref="SearchResult.Estimate"/>, made as <see cref="Split"/> makes its folds; 4 by default, 0 for no estimate. The whole search runs once more for each.
    /// </summary>
    public int OuterFolds
    {
        get;
        init => field = value is 0 or (>= 2 and <= 100)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(OuterFolds), value, "OuterFolds must be between 2 and 100, or 0 for no estimate.");
    } = 4;

    /// <summary>The most memory that fits running side by side may need, in bytes, by <see cref="IDetectorTrainer.EstimateMemory"/> and the copies of rows. A fit that needs more runs alone.</summary>
    /// <value>Above 0; null (the default) for half of the memory that the process may use. It decides what runs side by side, never the result.</value>
    public long? MaxMemoryBytes
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxMemoryBytes), value, "MaxMemoryBytes must be above 0.");
    }

    /// <summary>Draws what the split and the sampler do not: the sampler's seed where none is set, the rows of a rung, and bootstraps.</summary>
    public ulong Seed { get; init; }

    /// <summary>Searches by the labels of a matrix.</summary>
    /// <param name="data">Rows with labels.</param>
    /// <param name="options">Threads, progress and tracking.</param>
    /// <param name="cancellationToken">Stops the search; honoured within about 100 ms.</param>
    /// <returns>The best setting, all trials, and the estimate.</returns>
    /// <exception cref="ArgumentException">
    /// There are no labels, the rows cannot be split so, the metric cannot be taken on a fold, the space does not fit the trainer, or every setting failed. The message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchResult Run(FeatureMatrix data, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Preparation is not null)
            throw new ArgumentException("The search has a preparation, which takes tables; the data is a matrix. Pass a FeatureTable, or search the trainer without its preparation.", nameof(data));
        return Run(new MatrixRows(data), new Setting(Trainer, Preparation: null), options, cancellationToken);
    }

    /// <summary>Searches by the labels of a table. Rows whose label is missing are trained on and never measured on.</summary>
    /// <param name="table">Rows with a label column (<see cref="ColumnRole.Label"/>).</param>
    /// <param name="options">Threads, progress and tracking.</param>
    /// <param name="cancellationToken">Stops the search; honoured within about 100 ms.</param>
    /// <returns>The best setting, all trials, and the estimate.</returns>
    /// <exception cref="ArgumentException">
    /// There is no label column, the rows cannot be split so, the metric cannot be taken on a fold, the space does not fit the trainer, or every setting failed. The message says which and what to do.
    /// </exception>
    /// <exception cref="TableDataException">A label, a key or a time cannot be used; row and column are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchResult Run(FeatureTable table, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Run(new TableRows(table), new Setting(Trainer, Preparation ?? new TablePreparation()), options, cancellationToken);
    }

    private SearchResult Run(SearchRows rows, Setting start, SearchOptions? options, CancellationToken cancellationToken) =>
        new SearchRun(this, rows, start, options ?? new SearchOptions(), cancellationToken).Run();
}
