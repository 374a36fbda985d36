namespace AnomalyKit;

/// <content>Why rows of tables have their scores, by the table's own columns.</content>
public sealed partial class TableDetector
{
    /// <summary>A way of attributing rows of matrices that <see cref="Preparation"/> made: one contribution for each column of the table.</summary>
    /// <param name="options">Method, background rows (prepared ones) and groups; null for the detector's own way, by <see cref="FittedPreparation.Sources"/>.</param>
    /// <returns>The attributor.</returns>
    /// <exception cref="ArgumentException">The groups or the background do not have the columns of the prepared matrix.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public RowAttributor CreateAttributor(AttributionOptions? options = null)
    {
        return Detector.CreateAttributor(BySource(options));
    }

    /// <summary>Explains the score of one row.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">Method, background rows (prepared ones) and groups; null for the detector's own way, by the table's columns.</param>
    /// <returns>The attribution: one contribution for each column of the table that the detector looks at. Parts of a category or a date, and marks of missing cells, count for their column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public Attribution Attribute(FeatureTable table, int row, AttributionOptions? options = null) => AttributeAt(table, row, options, 0);

    /// <param name="table">Rows with the columns of the preparation.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">Method, background rows and groups.</param>
    /// <param name="firstRow">The number in its source of the table's first row, for errors.</param>
    private Attribution AttributeAt(FeatureTable table, int row, AttributionOptions? options, long firstRow)
    {
        var prepared = PreparedRow(table, row, firstRow);
        return RowAttribution.Of(Detector, CreateAttributor(options), prepared, 0);
    }

    /// <summary>One row as the detector takes it.</summary>
    /// <param name="table">Rows with the columns of the preparation.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="firstRow">The number in its source of the table's first row, for errors.</param>
    private FeatureMatrix PreparedRow(FeatureTable table, int row, long firstRow)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, table.RowCount);
        return Preparation.ApplyUnlabeled(table.Slice(row, 1), firstRow + row);
    }

    /// <summary>Explains the scores of all rows of a table.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order.</param>
    /// <param name="options">Method, background rows (prepared ones), groups, threads and progress; null for the detector's own way, by the table's columns.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The attributions, the same at any number of threads.</returns>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public AttributionBatch Attribute(FeatureTable table, AttributionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Detector.Attribute(Preparation.ApplyUnlabeled(table, cancellationToken: cancellationToken), BySource(options), cancellationToken);
    }

    private AttributionOptions BySource(AttributionOptions? options)
    {
        options ??= new AttributionOptions();
        return options with { Groups = options.Groups ?? Preparation.Sources, SamplingBackground = options.SamplingBackground ?? Profile?.Rows };
    }
}
