using System.Buffers;
using AnomalyKit.Preparation;

namespace AnomalyKit;

/// <content>Rows of numbers, without a table around them: for services and other callers of a few rows at a time.</content>
public sealed partial class TableDetector
{
    /// <summary>Whether every column that the detector looks at holds numbers, so that <see cref="ScoreValues"/> can be called.</summary>
    public bool TakesValues { get; }

    /// <summary>A detector of matrices as one of tables: its columns are those of the matrices, all numbers, and no cell may be missing unless the detector allows it.</summary>
    /// <param name="detector">A detector without categories.</param>
    /// <returns>The detector of tables; its scores are the same.</returns>
    /// <exception cref="ArgumentException">The detector has categories: only codes of levels were kept, not their words. Fit it on a table.</exception>
    public static TableDetector Of(IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        var schema = detector.Schema;
        if (schema.HasCategories)
        {
            throw new ArgumentException(
                $"The detector was fitted on matrices with categories ({schema}): codes of levels, whose words are not known. Fit it on a table (TableTrainer), so that the model keeps the words.", nameof(detector));
        }

        var encoders = new ColumnEncoder[schema.ColumnCount];
        for (int i = 0; i < encoders.Length; i++)
            encoders[i] = new NumberEncoder(schema.ColumnNames[i], schema.ColumnOffsets[i], schema.MissingAllowed[i] ? CellFill.Native : CellFill.Refused);
        var preparation = new FittedPreparation(new TableSchema(schema.ColumnNames.Select(name => new TableField(name, ColumnKind.Number))), encoders);
        return new TableDetector(preparation, detector, detector.Profile);
    }

    /// <summary>Scores rows of numbers on the calling thread, without allocating.</summary>
    /// <param name="values">
    /// Row-major values, as many rows as <paramref name="scores"/> has room for: one value per column, in the order of <see cref="FittedPreparation.Schema"/>; NaN is a missing cell.
    /// </param>
    /// <param name="scores">Receives one score per row; higher is more anomalous. The same as from a table of these values, to the bit.</param>
    /// <param name="firstRow">The number of the first row in its source, for errors.</param>
    /// <param name="cancellationToken">Stops the scoring between blocks of rows; scores written so far stay.</param>
    /// <exception cref="InvalidOperationException">Not all columns are numbers: see <see cref="TakesValues"/>.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="TableDataException">A value cannot be used; row, column and value are named. Scores may have been written for rows before it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void ScoreValues(ReadOnlySpan<double> values, Span<float> scores, long firstRow = 0, CancellationToken cancellationToken = default)
    {
        if (!TakesValues)
            throw new InvalidOperationException($"Only numbers can be given as values; the columns are {Preparation.Schema}. Give a table.");
        int sources = Preparation.Schema.ColumnCount;
        if (values.Length != (long)scores.Length * sources)
        {
            throw new ArgumentException(
                $"{values.Length} values were given for {scores.Length} scores; with {sources} columns that takes {(long)scores.Length * sources} values. Give whole rows: {Preparation.Schema}.", nameof(values));
        }

        int columns = Preparation.Output.ColumnCount;
        int block = Math.Min(Detector.BlockRows, Math.Max(scores.Length, 1));
        float[] buffer = ArrayPool<float>.Shared.Rent(checked(block * columns));
        try
        {
            for (int start = 0; start < scores.Length; start += block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(block, scores.Length - start);
                var cells = buffer.AsSpan(0, count * columns);
                Preparation.EncodeValues(values.Slice(start * sources, count * sources), count, cells, firstRow + start);
                Detector.ScoreRows(EncodedRows.Trusted(cells, columns), scores.Slice(start, count));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
