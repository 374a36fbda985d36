using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Median to 0, the range between two quantiles to 1. Quantiles interpolate linearly (Hyndman and Fan's type 7). Needs n floats per thread.</summary>
internal abstract record RobustScaling : FeatureScaling
{
    /// <summary>The share of the rows beyond each of the quantiles.</summary>
    protected abstract double Tail { get; }

    public override bool AcceptsWeights => true;

    public override FeatureTransform Fit(FeatureMatrix data, FitContext context)
    {
        int columns = data.ColumnCount;
        var medians = new double[columns];
        var ranges = new double[columns];
        context.ForBlocks("scaling", columns, column =>
        {
            var values = GC.AllocateUninitializedArray<float>(data.RowCount);
            for (int row = 0; row < data.RowCount;)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var rows = data.ContiguousCells(row, 1 << 20);
                for (long i = column; i < rows.Length; i += columns)
                    values[row++] = rows[(int)i];
            }

            (medians[column], ranges[column]) = data.HasWeights ? Weighted(values, data.Weights.ToArray()) : Plain(values, context.CancellationToken);
        });
        return new ColumnScaling(medians, ranges);
    }

    /// <summary>What a column is divided by where the quantiles coincide.</summary>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest.</param>
    protected abstract double ScaleOfTied(float least, float greatest);

    private (double Median, double Range) Plain(float[] values, CancellationToken cancellationToken)
    {
        double median = OrderStatistics.Quantile(values, 0.5);
        cancellationToken.ThrowIfCancellationRequested();
        double upper = OrderStatistics.Quantile(values, 1 - Tail);
        cancellationToken.ThrowIfCancellationRequested();
        return (median, Scale(upper - OrderStatistics.Quantile(values, Tail), values));
    }

    private (double Median, double Range) Weighted(float[] values, double[] weights)
    {
        Array.Sort(values, weights);
        var weighted = new WeightedScores(values, weights);
        return (weighted.Quantile(0.5), Scale(weighted.Quantile(1 - Tail) - weighted.Quantile(Tail), values));
    }

    private double Scale(double range, float[] values) => StandardScaling.ScaleOrOne(range > 1e-300 ? range : ScaleOfTied(values.Min(), values.Max()));
}
