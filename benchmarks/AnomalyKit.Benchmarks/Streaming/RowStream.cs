using System.Runtime.CompilerServices;
using AnomalyKit.Benchmarks.Data;

namespace AnomalyKit.Benchmarks.Streaming;

/// <summary>Streams of batches, each with memory of its own, as readers give them.</summary>
internal static class RowStream
{
    private const int TableRows = 1 << 16;

    /// <summary>The rows that a detector is fitted on before the stream begins.</summary>
    public static FeatureMatrix TrainingRows(StreamOptions options)
    {
        if (options.Csv is null)
            return SyntheticRows.Create(TableRows, options.Columns);
        return FeatureMatrix.LoadCsv(options.Csv, options.LabelColumn, options: new CsvOptions { MaxRows = TableRows });
    }

    /// <summary>As many rows as asked for.</summary>
    public static IAsyncEnumerable<FeatureMatrix> Open(StreamOptions options, FeatureSchema schema) =>
        options.Csv is null ? MadeUp(options, schema) : FromCsv(options, schema);

    /// <summary>Copies runs of a table of made-up rows: cheap, so that the time is the scoring's.</summary>
    private static async IAsyncEnumerable<FeatureMatrix> MadeUp(
        StreamOptions options, FeatureSchema schema, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var table = SyntheticRows.Create(TableRows, options.Columns, seed: 2);
        int start = 0;
        for (long left = options.Rows; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(left, options.BatchRows);
            var cells = new float[count * options.Columns];
            for (int filled = 0; filled < count;)
            {
                var run = table.ContiguousCells(start, Math.Min(count - filled, TableRows - start));
                run.CopyTo(cells.AsSpan(filled * options.Columns));
                filled += run.Length / options.Columns;
                start = (start + (run.Length / options.Columns)) % TableRows;
            }

            // Not a divisor of the table's size, so that batches differ.
            start = (start + 977) % TableRows;
            yield return FeatureMatrix.Wrap(cells, schema);
            left -= count;
        }
    }

    private static async IAsyncEnumerable<FeatureMatrix> FromCsv(
        StreamOptions options, FeatureSchema schema, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long left = options.Rows; left > 0;)
        {
            using var reader = CsvFeatureReader.Open(options.Csv!, options.LabelColumn, schema, cancellationToken: cancellationToken);
            long before = left;
            await foreach (var batch in reader.ReadBatchesAsync(options.BatchRows, cancellationToken))
            {
                yield return batch.RowCount <= left ? batch : batch.Slice(0, (int)left);
                left -= Math.Min(left, batch.RowCount);
                if (left == 0)
                    break;
            }

            if (left == before)
                throw new InvalidDataException($"{options.Csv} has no rows.");
        }
    }
}
