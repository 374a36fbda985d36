namespace AnomalyKit.Ensemble;

/// <summary>The weighted mean, plus what each member's surprisal exceeds that of a level by, whatever the member's weight.</summary>
internal sealed record SurprisalCombiner : ScoreCombiner
{
    // Every tail begins at a probability of 0.03 or more: a member adds nothing where its tail begins, and from there what it adds grows without a step.
    private const double MostLevel = 0.01;

    public SurprisalCombiner(double level, double gain)
    {
        if (!(level > 0 && level <= MostLevel))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level from which a member's surprisal counts must be above 0 and at most 0.01.");
        if (!(gain > 0 && gain <= 1000))
            throw new ArgumentOutOfRangeException(nameof(gain), gain, "The gain per decade must be above 0 and at most 1,000.");
        Level = level;
        Gain = gain;
    }

    public double Level { get; }

    public double Gain { get; }

    /// <summary>The surprisal from which one counts.</summary>
    public double LeastSurprisal => -Math.Log10(Level);

    internal override string Kind => "mean-and-surprisal";

    internal override bool NeedsTails => true;

    public override string ToString() => FormattableString.Invariant($"mean, plus {Gain} for each power of ten by which a score is rarer than 1 in {Math.Round(1 / Level)},");

    public override string ToText() => FormattableString.Invariant($"{Kind}:{Level},{Gain}");

    // Without tails nothing is beyond them.
    internal override IRowCombiner For(ReadOnlySpan<double> weights) => Mean.For(weights);

    internal override IRowCombiner For(ReadOnlySpan<double> weights, ReadOnlySpan<MemberTail?> tails) => new Row(weights.ToArray(), tails.ToArray(), LeastSurprisal, Gain);

    private sealed class Row(double[] weights, MemberTail?[] tails, double least, double gain) : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            double sum = 0;
            double beyond = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * scores[i];
                if (tails[i] is { } tail)
                    beyond += Math.Max(0, tail.Surprisal(scores[i]) - least);
            }

            return sum + (gain * beyond);
        }
    }
}
