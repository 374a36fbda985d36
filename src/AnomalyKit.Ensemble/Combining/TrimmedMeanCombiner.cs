namespace AnomalyKit.Ensemble;

internal sealed record TrimmedMeanCombiner : ScoreCombiner
{
    public TrimmedMeanCombiner(double share)
    {
        if (!(share > 0 && share < 0.5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The fraction that is trimmed at either end must be above 0 and below 0.5.");
        Share = share;
    }

    public double Share { get; }

    internal override string Kind => "trimmed-mean";

    public override string ToString() => FormattableString.Invariant($"mean, {Share} trimmed at either end");

    public override string ToText() => FormattableString.Invariant($"{Kind}:{Share}");

    internal override IRowCombiner For(ReadOnlySpan<double> weights) => new Row(weights.ToArray(), Share);

    /// <summary>The weighted mean between two quantiles of the weight; at a share of one half, the weighted median.</summary>
    internal sealed class Row(double[] weights, double share) : IRowCombiner
    {
        public double Combine(Span<double> scores, Span<double> scratch)
        {
            weights.CopyTo(scratch);
            scores.Sort(scratch);
            double total = 0;
            foreach (double weight in scratch)
                total += weight;
            double low = share * total;
            double high = total - low;
            double sum = 0;
            double kept = 0;
            double from = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double to = from + scratch[i];
                // At exactly one half nothing lies between: the score that holds the middle is the median, and two that meet there share it.
                if (low >= high)
                {
                    if (from < low - Rounding && to > low + Rounding)
                        return scores[i];
                    if (Math.Abs(to - low) <= Rounding)
                    {
                        int next = i + 1;
                        while (next < scores.Length && !(scratch[next] > 0))
                            next++;
                        return next < scores.Length ? (scores[i] + scores[next]) / 2 : scores[i];
                    }
                }
                else
                {
                    double part = Math.Min(to, high) - Math.Max(from, low);
                    if (part > 0)
                    {
                        sum += part * scores[i];
                        kept += part;
                    }
                }

                from = to;
            }

            return low >= high ? scores[^1] : sum / kept;
        }

        private const double Rounding = 1e-12;
    }
}
