namespace AnomalyKit.Ensemble;

internal sealed record MedianCombiner : ScoreCombiner
{
    internal override string Kind => "median";

    public override string ToString() => "median";

    // The middle of the weight is what is left when nearly half is cut off at either end.
    internal override IRowCombiner For(ReadOnlySpan<double> weights) => new TrimmedMeanCombiner.Row(weights.ToArray(), 0.5);
}
