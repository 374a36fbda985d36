using System.Diagnostics;

namespace AnomalyKit.Serving.Protocol;

/// <summary>What each column contributed to the score of each row, as far as number and time allow.</summary>
internal sealed class RowContributions
{
    private const int BlockRows = 32;

    private RowContributions(IReadOnlyList<string> columnNames, double[] values)
    {
        ColumnNames = columnNames;
        Values = values;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>One number per row and column, row after row; NaN in rows that were not reached.</summary>
    public double[] Values { get; }

    /// <summary>How many rows were reached.</summary>
    public int ExplainedRows { get; private set; }

    /// <summary>Explains rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="attributor">Its attributor.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How many rows, and for how long.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static RowContributions Of(ServedModel model, RowAttributor attributor, FeatureTable rows, AnomalyServingOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int columns = attributor.Groups.Count;
        var result = new RowContributions(attributor.Groups.Names, new double[rows.RowCount * columns]);
        int count = Math.Min(rows.RowCount, options.MaxExplainedRows);
        var unneeded = new double[2 * BlockRows];
        var oneThread = new AttributionOptions { MaxDegreeOfParallelism = 1 };
        while (result.ExplainedRows < count && Stopwatch.GetElapsedTime(start) < options.MaxExplainTime)
        {
            int first = result.ExplainedRows;
            int block = Math.Min(BlockRows, count - first);
            var prepared = model.Detector.Preparation.Apply(rows.Slice(first, block), first, cancellationToken);
            attributor.Attribute(
                prepared, result.Values.AsSpan(first * columns, block * columns), unneeded.AsSpan(0, block), unneeded.AsSpan(BlockRows, block), oneThread, cancellationToken);
            result.ExplainedRows += block;
        }

        result.Values.AsSpan(result.ExplainedRows * columns).Fill(double.NaN);
        return result;
    }
}
