namespace AnomalyKit;

/// <summary>Means and population standard deviations, in double, by two passes: the second sums squared deviations from the mean.</summary>
internal sealed record StandardScaling : FeatureScaling
{
    public override bool AcceptsWeights => true;

    public override FeatureTransform Fit(FeatureMatrix data, FitContext context)
    {
        if (data.HasWeights)
            return WeightedColumns.Standard(data, context);
        int columns = data.ColumnCount;
        double[] means = Sum(data, context.Part(0, 0.5), ColumnKernels.AddRows);
        for (int j = 0; j < columns; j++)
            means[j] /= data.RowCount;

        double[] scales = Sum(data, context.Part(0.5, 1), (rows, sums) => ColumnKernels.AddSquaredDeviations(rows, means, sums));
        for (int j = 0; j < columns; j++)
            scales[j] = ScaleOrOne(Math.Sqrt(scales[j] / data.RowCount));
        return new ColumnScaling(means, scales);
    }

    public override string ToString() => "standard";

    public override string? ToText() => "standard";

    /// <summary>A scale that can be divided by: 1 for constant columns, and for spreads so small that their reciprocal overflows.</summary>
    internal static double ScaleOrOne(double scale) => scale > 1e-300 ? scale : 1;

    private static double[] Sum(FeatureMatrix data, FitContext context, ColumnFold.Accumulate accumulate) =>
        ColumnFold.Over(data, data.ColumnCount, 0, context, accumulate, (a, b) => a + b);
}
