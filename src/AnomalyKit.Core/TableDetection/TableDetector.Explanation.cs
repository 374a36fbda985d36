using AnomalyKit.Explaining;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>Why rows of tables are alerts, in words.</content>
public sealed partial class TableDetector
{
    /// <summary>Explains one row in words, by the table's own columns.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options name a column that there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public Explanation Explain(FeatureTable table, int row, ExplanationOptions? options = null) => ExplainAt(table, row, options, 0);

    /// <param name="table">Rows with the columns of the preparation.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">What to say.</param>
    /// <param name="firstRow">The number in its source of the table's first row, for errors.</param>
    private Explanation ExplainAt(FeatureTable table, int row, ExplanationOptions? options, long firstRow)
    {
        options ??= new ExplanationOptions();
        var prepared = PreparedRow(table, row, firstRow);
        var attributed = AttributedRow.Of(Detector, CreateAttributor((options.Attribution ?? new AttributionOptions()) with { Groups = null }), prepared, 0);
        return Explainer.Explain(attributed, TypicalContributions(options.Attribution), Detector, new TableRow(Preparation, Detector, Profile, table.Slice(row, 1)), options);
    }

    /// <summary>What each column of the table contributes to an ordinary row; null where that is not known, or where contributions are measured from background rows.</summary>
    /// <param name="attribution">How rows are attributed; null for the detector's own way.</param>
    internal TypicalContributions? TypicalContributions(AttributionOptions? attribution) =>
        TypicalRows.Of(this, Detector, Profile, Preparation.Sources, column => Preparation.EncoderOf(Preparation.Sources.Names[column])?.SourceKind is ColumnKind.Category or ColumnKind.Boolean, attribution);

    /// <summary>Prepares the explaining of many rows.</summary>
    /// <param name="attribution">How contributions are found; null for the detector's own way. Groups are not looked at: they are the table's columns.</param>
    /// <returns>The explainer, to be kept as long as there are rows to explain.</returns>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public TableExplainer CreateExplainer(AttributionOptions? attribution = null) => new(this, attribution);

    /// <summary>Explains the rows of a source that have the highest scores.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/>; they are read to their end.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <param name="scoring">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>At most as many rows as asked for, the highest score first.</returns>
    /// <exception cref="ArgumentException">The options name a column that there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ExplainedRow> ExplainTop(
        TableReader reader, int count, ExplanationOptions? options = null, TableScoreOptions? scoring = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var top = new TopRows(count);
        scoring ??= new TableScoreOptions();
        var batches = new BatchScoring(_scoring, scoring, reader.TotalRowCount);
        reader.ThrowIfSpent();
        while (reader.ReadBatch(scoring.BatchRows, cancellationToken) is { } batch)
        {
            top.Add(batches.Score(batch, cancellationToken));
            batches.Report();
        }

        reader.MarkSpent();
        if (top.Take() is not { } found)
            return [];
        var explained = new List<ExplainedRow>();
        for (int i = 0; i < found.Scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            explained.Add(new ExplainedRow(found.Numbers[i], found.Table.Slice(i, 1), Explain(found.Table, i, options)));
        }

        return explained;
    }

    /// <summary>Explains one row of a source.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/>; they are read up to the row.</param>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The row and its explanation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The source has no such row.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ExplainedRow ExplainRow(TableReader reader, long row, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        const int BatchRows = 1 << 14;
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        long before = 0;
        reader.ThrowIfSpent();
        while (reader.ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            if (row < before + batch.RowCount)
            {
                var values = batch.Slice((int)(row - before), 1);
                return new ExplainedRow(row, values, ExplainAt(values, 0, options, row));
            }

            before += batch.RowCount;
        }

        reader.MarkSpent();
        throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {before} rows, numbered from 0.");
    }

    /// <summary>Explains the first rows of a source whose cell in a column holds a given text, for example the row with a given id.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/> and, where the detector does not look at it, the column; they are read until enough rows are found.</param>
    /// <param name="columnName">The column.</param>
    /// <param name="text">The cell, as <see cref="TableColumn.Text"/> gives it. In a column of numbers any way to write the same number, with a decimal point, will do.</param>
    /// <param name="maxCount">The most rows, at least 1.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The first rows that match, in the order of the source; at least one.</returns>
    /// <exception cref="ArgumentException">No row matches, there is no such column, or the options name a column that there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ExplainedRow> ExplainWhere(
        TableReader reader, string columnName, string text, int maxCount, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        const int BatchRows = 1 << 14;
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        int index = reader.Schema.IndexOf(columnName);
        var explained = new List<ExplainedRow>();
        long before = 0;
        reader.ThrowIfSpent();
        while (explained.Count < maxCount && reader.ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            var matches = CellMatch.Of(batch.Columns[index], text);
            for (int i = 0; i < batch.RowCount && explained.Count < maxCount; i++)
            {
                if (!matches(i))
                    continue;
                cancellationToken.ThrowIfCancellationRequested();
                var values = batch.Slice(i, 1);
                explained.Add(new ExplainedRow(before + i, values, ExplainAt(values, 0, options, before + i)));
            }

            before += batch.RowCount;
        }

        reader.MarkSpent();
        return explained.Count > 0 ? explained : throw new ArgumentException($"None of {before} rows has '{text}' in the column '{columnName}'.", nameof(text));
    }
}
