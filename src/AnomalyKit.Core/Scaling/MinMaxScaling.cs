namespace AnomalyKit;

/// <summary>Minimum to 0, maximum to 1.</summary>
internal sealed record MinMaxScaling : FeatureScaling
{
    // Rows of weight 0 are gone by now, and how often the others count does not move extremes.
    public override bool AcceptsWeights => true;

    public override FeatureTransform Fit(FeatureMatrix data, FitContext context)
    {
        int columns = data.ColumnCount;
        // Minima in the first half, negated maxima in the second: both fold by Min.
        double[] extremes = ColumnFold.Over(data, 2 * columns, double.PositiveInfinity, context, ColumnKernels.LowerExtremes, Math.Min);
        var ranges = new double[columns];
        for (int j = 0; j < columns; j++)
            ranges[j] = StandardScaling.ScaleOrOne(-extremes[columns + j] - extremes[j]);
        return new ColumnScaling(extremes.AsSpan(0, columns), ranges);
    }

    public override string ToString() => "min-max";

    public override string? ToText() => "min-max";
}
