namespace AnomalyKit.Ensemble;

internal sealed record MeanCombiner : ScoreCombiner
{
    internal override string Kind => "mean";

    public override string ToString() => "mean";

    internal override IRowCombiner For(ReadOnlySpan<double> weights) => new Row(weights.ToArray());

    private sealed class Row(double[] weights) : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * scores[i];
            return sum;
        }
    }
}
