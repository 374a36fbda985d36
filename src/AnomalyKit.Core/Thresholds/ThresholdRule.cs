using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How a threshold follows from the scores of the training rows.</summary>
/// <remarks>A row is an anomaly if its score is <b>greater</b> than the threshold, so that many equal scores are never flagged together by a rule that asked for fewer.</remarks>
public abstract record ThresholdRule
{
    /// <summary>Whether the rule looks at scores at all.</summary>
    public abstract bool NeedsScores { get; }

    /// <summary>Flags at most a given share of the training rows: the threshold is the largest score that is not flagged.</summary>
    /// <param name="share">The share of anomalies that is expected, from 0 to 0.5.</param>
    /// <returns>The rule. Where scores tie at the boundary, fewer rows are flagged, never more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not within [0, 0.5].</exception>
    public static ThresholdRule Contamination(double share) => new ContaminationRule(share);

    /// <summary>The threshold is a quantile of the scores, interpolated linearly (Hyndman and Fan's type 7, NumPy's default).</summary>
    /// <param name="probability">From 0 to 1: 0.99 flags about one row in a hundred.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not within [0, 1].</exception>
    public static ThresholdRule Quantile(double probability) => new QuantileRule(probability);

    /// <summary>
    /// The threshold lies a number of robust standard deviations above the median: median + k · 1.4826 · MAD, where MAD is the median absolute
    /// deviation. No share of anomalies need be known. Where more than half of the scores are equal, the mean absolute deviation · 1.2533 takes
    /// the place of the MAD (B. Iglewicz, D. C. Hoaglin, <i>How to Detect and Handle Outliers</i>, 1993).
    /// </summary>
    /// <param name="deviations">k, above 0; 3.5 is the authors' advice.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is not a finite number above 0.</exception>
    public static ThresholdRule MedianAbsoluteDeviation(double deviations = 3.5) => new MedianAbsoluteDeviationRule(deviations);

    /// <summary>The threshold is a given number, whatever the scores.</summary>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static ThresholdRule Fixed(double threshold) => new FixedRule(threshold);

    /// <summary>Finds the threshold.</summary>
    /// <param name="scores">The scores of the training rows: at least one unless <see cref="NeedsScores"/> is false; not changed.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public double Resolve(ReadOnlySpan<float> scores)
    {
        if (!NeedsScores)
            return ResolveFrom([]);
        if (scores.IsEmpty)
            throw new ArgumentException($"The rule '{this}' needs at least one score.", nameof(scores));
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                throw new ArgumentException($"Score {i} is NaN; a threshold can only follow from numbers.", nameof(scores));
        }

        return ResolveFrom(scores.ToArray());
    }

    /// <summary>Finds the threshold.</summary>
    /// <param name="scores">A copy of the scores, without NaN, that may be reordered.</param>
    /// <returns>The threshold.</returns>
    protected abstract double ResolveFrom(Span<float> scores);

    private sealed record ContaminationRule : ThresholdRule
    {
        private readonly double _share;

        public ContaminationRule(double share)
        {
            if (!(share >= 0 && share <= 0.5))
                throw new ArgumentOutOfRangeException(nameof(share), share, "The expected share of anomalies lies between 0 and 0.5.");
            _share = share;
        }

        public override bool NeedsScores => true;

        public override string ToString() => FormattableString.Invariant($"contamination {_share}");

        protected override double ResolveFrom(Span<float> scores)
        {
            // The relative nudge makes 492 of (492 / n) · n, which may round to just below it.
            int flagged = (int)Math.Min(scores.Length - 1, Math.Floor(_share * scores.Length * (1 + 1e-12)));
            return OrderStatistics.Select(scores, scores.Length - 1 - flagged);
        }
    }

    private sealed record QuantileRule : ThresholdRule
    {
        private readonly double _probability;

        public QuantileRule(double probability)
        {
            if (!(probability >= 0 && probability <= 1))
                throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
            _probability = probability;
        }

        public override bool NeedsScores => true;

        public override string ToString() => FormattableString.Invariant($"quantile {_probability}");

        protected override double ResolveFrom(Span<float> scores) => OrderStatistics.Quantile(scores, _probability);
    }

    private sealed record MedianAbsoluteDeviationRule : ThresholdRule
    {
        private readonly double _deviations;

        public MedianAbsoluteDeviationRule(double deviations)
        {
            if (!(deviations > 0) || !double.IsFinite(deviations))
                throw new ArgumentOutOfRangeException(nameof(deviations), deviations, "The number of deviations is a finite number above 0.");
            _deviations = deviations;
        }

        public override bool NeedsScores => true;

        public override string ToString() => FormattableString.Invariant($"{_deviations} median absolute deviations");

        protected override double ResolveFrom(Span<float> scores)
        {
            double median = OrderStatistics.Quantile(scores, 0.5);
            if (double.IsInfinity(median))
                return median;
            double sum = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double deviation = Math.Abs(scores[i] - median);
                sum += deviation;
                scores[i] = (float)deviation;
            }

            double spread = 1.4826 * OrderStatistics.Quantile(scores, 0.5);
            if (spread == 0)
                spread = 1.2533 * sum / scores.Length;
            return median + (_deviations * spread);
        }
    }

    private sealed record FixedRule : ThresholdRule
    {
        private readonly double _threshold;

        public FixedRule(double threshold)
        {
            if (double.IsNaN(threshold))
                throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be a number.");
            _threshold = threshold;
        }

        public override bool NeedsScores => false;

        public override string ToString() => FormattableString.Invariant($"fixed {_threshold}");

        protected override double ResolveFrom(Span<float> scores) => _threshold;
    }
}
