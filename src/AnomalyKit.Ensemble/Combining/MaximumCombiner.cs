namespace AnomalyKit.Ensemble;

internal sealed record MaximumCombiner : ScoreCombiner
{
    internal override string Kind => "maximum";

    public override string ToString() => "maximum";

    internal override IRowCombiner For(ReadOnlySpan<double> weights) => new Row();

    private sealed class Row : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            double most = double.NegativeInfinity;
            foreach (double score in scores)
                most = Math.Max(most, score);
            return most;
        }
    }
}
