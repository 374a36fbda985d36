using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Median to 0, interquartile range to 1. Quartiles interpolate linearly (Hyndman and Fan's type 7). Needs n floats a thread.</summary>
internal sealed record RobustScaling : FeatureScaling
{
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
                for (int i = column; i < rows.Length; i += columns)
                    values[row++] = rows[i];
            }

            if (data.HasWeights)
            {
                double[] weights = data.Weights.ToArray();
                Array.Sort(values, weights);
                var weighted = new WeightedScores(values, weights);
                context.CancellationToken.ThrowIfCancellationRequested();
                medians[column] = weighted.Quantile(0.5);
                ranges[column] = StandardScaling.ScaleOrOne(weighted.Quantile(0.75) - weighted.Quantile(0.25));
                return;
            }

            medians[column] = OrderStatistics.Quantile(values, 0.5);
            context.CancellationToken.ThrowIfCancellationRequested();
            double upper = OrderStatistics.Quantile(values, 0.75);
            context.CancellationToken.ThrowIfCancellationRequested();
            ranges[column] = StandardScaling.ScaleOrOne(upper - OrderStatistics.Quantile(values, 0.25));
        });
        return new ColumnScaling(medians, ranges);
    }

    public override string ToString() => "robust";

    public override string? ToText() => "robust";
}
