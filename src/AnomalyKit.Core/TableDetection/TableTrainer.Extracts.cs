using AnomalyKit.Extraction;
using AnomalyKit.Preparation;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>Fits on tables too long for memory, from the few rows that a fit looks at.</content>
public sealed partial record TableTrainer
{
    /// <summary>Takes the rows that a fit looks at out of a table, or out of a part of one, in one pass and in memory that does not grow with it.</summary>
    /// <param name="reader">The rows, to its end. Only columns that are features are looked at.</param>
    /// <param name="totalRowCount">The rows of the whole table: which rows are drawn depends on it.</param>
    /// <param name="firstRow">The number of the reader's first row in the whole table; 0 where the reader gives all of it.</param>
    /// <param name="options">How many rows are sampled for trainers that look at all; progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows, and what must be known of the others: give it to <see cref="FitExtract"/>, with those of the other parts if there are any.</returns>
    /// <exception cref="TableDataException">A cell cannot be used, the table has weights, or there are more rows than were said to be; row, column and value are named where it is a cell.</exception>
    /// <exception cref="ArgumentException">The preparation names a column that is not there.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableExtract Extract(
        TableReader reader, long totalRowCount, long firstRow = 0, TableExtractOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(totalRowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, totalRowCount);
        options ??= new TableExtractOptions();
        string[] features = Features(reader.Schema);
        var wanted = Trainer.DrawRows(totalRowCount) ?? new RowSubset(totalRowCount, UniformRows.Draw(totalRowCount, options.SampleSize));
        var builder = new ExtractBuilder(new TableSchema(features.Select(name => new TableField(name, reader.Schema.Fields[reader.Schema.IndexOf(name)].Kind))), wanted, firstRow);
        var fit = NewPreparationFit();
        while (reader.ReadBatch(options.BatchRows, cancellationToken) is { } batch)
        {
            batch = batch.SelectColumns(features);
            foreach (var column in batch.Columns)
                fit.ThrowIfMissing(column, builder.EndRow);
            builder.Add(batch);
            options.Progress?.Report(builder.EndRow - firstRow);
        }

        return builder.Build(options.SampleSize);
    }

    /// <summary>Fits preparation and detector on a table from the rows that were taken out of it.</summary>
    /// <param name="extract">The extract of the whole table, made by this trainer: of several parts, <see cref="TableExtract.Merge"/> first.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>
    /// <para>
    /// Where the trainer names the rows that it looks at (<see cref="IDetectorTrainer.DrawRows"/>), as an isolation forest does: the detector that <see cref="Fit"/>
    /// gives on the whole table. Model, preparation and profile are the same, bit for bit, but for medians, means and most frequent numbers that missing cells are filled in with: these come from
    /// 32,768 rows, as do threshold and calibration until <see cref="TableDetector.WithScores(ThresholdRule, ScoreCalibration, ReadOnlySpan{float})"/> has those of all rows.
    /// Of a table of up to 32,768 rows they are exact, too.
    /// </para>
    /// <para>
    /// Otherwise the detector of a fit on the sampled rows, <see cref="TableExtractOptions.SampleSize"/> of them: exactly that of the whole table where it has no more. Levels and their frequencies, the ends
    /// of columns and what is missing are those of all rows in both cases.
    /// </para>
    /// </returns>
    /// <exception cref="TableDataException">The table cannot be used; the message names column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The extract is not of a whole table, or was made with other options; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableDetector FitExtract(TableExtract extract, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extract);
        if (!extract.IsComplete)
            throw new ArgumentException($"The extract is of rows {extract.FirstRow} to {extract.EndRow} of {extract.TotalRowCount}. Merge it with those of the other rows first (TableExtract.Merge).", nameof(extract));
        long total = extract.TotalRowCount;
        var drawn = Trainer.DrawRows(total);
        int[] sample = extract.Subset.IndexesOf(drawn is null ? UniformRows.Draw(total, extract.SampleSize) : ScoreProfile.RowsOf(total));
        var extracted = new ExtractedRows(extract.Statistics, sample);
        var preparation = NewPreparationFit().Run(extract.Rows, extracted, cancellationToken);
        var matrix = preparation.Apply(extract.Rows, cancellationToken: cancellationToken);
        if (drawn is null)
            matrix = matrix.SelectRows(sample);
        var detector = drawn is null
            ? Trainer.Fit(matrix, Inner(options), cancellationToken)
            : Trainer.FitDrawn(matrix, extract.Subset, Inner(options), cancellationToken);
        if (!(options?.KeepProfile ?? true))
            return new TableDetector(preparation, detector);
        int[] profiled = drawn is null
            ? Array.ConvertAll(TableProfile.RowsOf(sample.Length), row => sample[row])
            : extract.Subset.IndexesOf(TableProfile.RowsOf(total));
        var context = new FitContext(new FitOptions { MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1 }, cancellationToken);
        var inner = detector.Profile ?? MatrixProfile.Of(matrix, drawn is null ? null : extract.Subset, areChecked: true, withColumns: false, context);
        var profile = TableProfile.Of(extract.Rows, extracted, profiled, total, FieldNames(preparation), context).WithScoresOf(inner).WithRows(inner.Rows);
        return new TableDetector(preparation, detector.WithFrame(detector.Frame with { Profile = null }), profile);
    }

    private static string[] FieldNames(FittedPreparation preparation) => [.. preparation.Schema.Fields.Select(field => field.Name)];

    private string[] Features(TableSchema schema)
    {
        foreach (string name in Preparation.Columns.Keys)
            _ = schema.IndexOf(name);
        if (schema.WeightIndex >= 0)
        {
            string name = schema.Fields[schema.WeightIndex].Name;
            throw new TableDataException(
                $"Column '{name}' holds weights, and which rows are drawn by weight depends on all of them at once. Leave the weights out, repeat rows instead, or fit the table in memory (TableTrainer.Fit of a FeatureTable).",
                columnName: name);
        }

        string[] features = [.. schema.Fields.Where(field => field.Role == ColumnRole.Feature).Select(field => field.Name)];
        return features.Length > 0 ? features : throw new TableDataException($"No feature column is left. The columns are: {schema}.");
    }
}
