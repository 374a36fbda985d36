namespace AnomalyKit.Ensemble;

internal sealed record VoteCombiner : ScoreCombiner
{
    internal override string Kind => "votes";

    internal override bool CountsVotes => true;

    public override string ToString() => "votes";

    internal override IRowCombiner For(ReadOnlySpan<double> weights) => new Row();

    /// <summary>The sum of votes of 0 and 1.</summary>
    private sealed class Row : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            double sum = 0;
            foreach (double vote in scores)
                sum += vote;
            return sum;
        }
    }
}
