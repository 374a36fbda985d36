namespace AnomalyKit;

/// <summary>Explains any detector by putting a row's columns into usual rows, one after the other, and looking at how the score moves.</summary>
/// <remarks>
/// <para>
/// The contribution of a column is its Shapley value: the mean, over all orders of the columns and all background rows, of what the score gains when the column takes the row's value. Orders are
/// sampled, each with its reverse (antithetic pairs), which makes sums over few orders exact for a score that is additive or has interactions of pairs only. R. Mitchell, J. Cooper, E. Frank, G. Holmes,
/// <i>Sampling Permutations for Shapley Value Estimation</i>, JMLR 23, 2022; E. Štrumbelj, I. Kononenko, <i>An Efficient Explanation of Individual Classifications using Game Theory</i>, JMLR 11, 2010.
/// </para>
/// <para>
/// The explained value is the score; the baseline is the mean score of the background rows, all of which are used, each with the same number of orders. The orders follow from the seed and the
/// background row's own cells: so the mean over two halves of a background is the answer over the whole. Rows are made of a background row with whole groups of the explained row: a group is moved as one.
/// </para>
/// <para>One row costs 2 × permutations × background rows × (groups − 1) scores.</para>
/// </remarks>
public sealed class SamplingAttributor : RowAttributor
{
    private readonly IAnomalyDetector _detector;
    private readonly float[] _background;
    private readonly float[] _backgroundScores;
    private readonly GroupOrder[] _orders;
    private readonly int _permutations;

    private SamplingAttributor(IAnomalyDetector detector, FeatureMatrix background, AttributionOptions options)
        : base(detector.Schema, options)
    {
        _detector = detector;
        _permutations = options.Permutations;
        int columns = Schema.ColumnCount;
        RowChecks.ThrowIfOtherColumns(Schema, background.Schema, nameof(options));
        var cells = new float[(long)background.RowCount * columns];
        new EncodedRuns(background, Schema).ForEach(0, background.RowCount, (run, start) => run.Cells.CopyTo(cells.AsSpan(start * columns)));
        _background = cells;
        _backgroundScores = detector.Score(background, new ScoreOptions { MaxDegreeOfParallelism = 1 });
        foreach (float score in _backgroundScores)
            Baseline += (double)score / _backgroundScores.Length;
        _orders = new GroupOrder[background.RowCount];
        for (int row = 0; row < _orders.Length; row++)
            _orders[row] = new GroupOrder(options.Seed, _background.AsSpan(row * columns, columns));
        Info = new AttributionInfo(
            "permutation-sampling",
            "the score",
            isExact: false,
            "R. Mitchell, J. Cooper, E. Frank, G. Holmes: Sampling Permutations for Shapley Value Estimation, JMLR 23, 2022");
    }

    /// <inheritdoc/>
    public override AttributionInfo Info { get; }

    /// <inheritdoc/>
    /// <value>1: a row takes thousands of scores.</value>
    public override int BlockRows => 1;

    /// <summary>The mean score of the background rows.</summary>
    public double Baseline { get; }

    /// <summary>The number of background rows: all that were given.</summary>
    public int BackgroundRowCount => _backgroundScores.Length;

    /// <summary>Explains a detector by sampling.</summary>
    /// <param name="detector">Any detector.</param>
    /// <param name="options">Background, groups, number of orders and seed.</param>
    /// <returns>The attributor.</returns>
    /// <exception cref="ArgumentException">The groups or the background do not have the detector's columns, or the background has no rows.</exception>
    /// <exception cref="InvalidOperationException">There are no background rows: the options have none, and the detector keeps none.</exception>
    public static SamplingAttributor Of(IAnomalyDetector detector, AttributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(options);
        var background = options.Background ?? options.SamplingBackground ?? throw new InvalidOperationException(
            $"A detector of kind '{detector.Info.Kind}' is explained by sampling, which needs rows that stand for what is usual. It keeps none; "
            + $"give some as {nameof(AttributionOptions)}.{nameof(AttributionOptions.SamplingBackground)}, for instance 100 training rows.");
        if (background.RowCount == 0)
            throw new ArgumentException("The background has no rows.", nameof(options));
        if (background.RowCount > MaxBackgroundRows(detector.Schema))
            throw new ArgumentException($"The background has {background.RowCount} rows; at most {MaxBackgroundRows(detector.Schema)} of {detector.Schema.ColumnCount} columns can be used.", nameof(options));
        return new SamplingAttributor(detector, background, options);
    }

    /// <inheritdoc/>
    public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        for (int row = 0; row < rows.RowCount; row++)
        {
            explained[row] = AttributeRow(rows.Slice(row, 1), contributions.Slice(row * Groups.Count, Groups.Count), []);
            baselines[row] = Baseline;
        }
    }

    /// <summary>Explains one row, with standard errors.</summary>
    /// <param name="row">One row in the encoding of the detector's schema.</param>
    /// <param name="contributions">Receives one contribution per group.</param>
    /// <param name="standardErrors">Receives one standard error per group, over background rows and pairs of orders; NaN where there is only one pair. Empty where none are wanted.</param>
    /// <returns>The explained value: the row's score.</returns>
    /// <exception cref="ArgumentException">There is not one row, or a span has another length than there are groups.</exception>
    public double AttributeRow(EncodedRows row, Span<double> contributions, Span<double> standardErrors)
    {
        if (row.RowCount != 1 || row.ColumnCount != Schema.ColumnCount)
            throw new ArgumentException($"{row.RowCount} rows of {row.ColumnCount} columns were given; one of {Schema.ColumnCount} was expected.", nameof(row));
        if (contributions.Length != Groups.Count || (standardErrors.Length != Groups.Count && !standardErrors.IsEmpty))
            throw new ArgumentException($"Room for {contributions.Length} contributions and {standardErrors.Length} standard errors; there are {Groups.Count} groups.", nameof(contributions));
        float score = 0;
        _detector.ScoreRows(row, new Span<float>(ref score));
        using var walk = new GroupWalk(_detector, Groups, row.Cells, score, _permutations);
        int columns = Schema.ColumnCount;
        for (int b = 0; b < _backgroundScores.Length; b++)
            walk.From(_background.AsSpan(b * columns, columns), _backgroundScores[b], _orders[b]);
        walk.Means(contributions, standardErrors);
        return score;
    }

    /// <inheritdoc/>
    public override Attribution Describe(EncodedRows row, float score)
    {
        var contributions = new double[Groups.Count];
        var errors = new double[Groups.Count];
        double explained = AttributeRow(row, contributions, errors);
        return new Attribution(this, contributions, Baseline, explained) { Score = score, StandardErrors = errors };
    }

    private static int MaxBackgroundRows(FeatureSchema schema) => Array.MaxLength / schema.ColumnCount;
}
