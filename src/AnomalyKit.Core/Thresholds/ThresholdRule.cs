using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How a threshold follows from the scores of the training rows.</summary>
/// <remarks>
/// <para>
/// A row is an anomaly if its score is <b>greater</b> than the threshold, so that many equal scores are never flagged together by a rule that asked for fewer.
/// </para>
/// <para>Each rule states how it acts on few rows; <see cref="Describe"/>, and with it a detector's <c>ThresholdOrigin</c>, tells when that matters.</para>
/// </remarks>
public abstract record ThresholdRule
{
    private static readonly TextForms<ThresholdRule> Texts = new(
        "threshold rule",
        new("contamination:FRACTION", given => Contamination(given.Fraction(0))),
        new("quantile:PROBABILITY", given => Quantile(given.Fraction(0))),
        new("mad[:DEVIATIONS]", given => MedianAbsoluteDeviation(given.Number(0, 3.5))),
        new("iqr[:RANGES]", given => InterquartileRange(given.Number(0, 1.5))),
        new("pareto[:RISK[,TAIL-FRACTION]]", given => ParetoTail(given.Fraction(0, 1e-3), given.Fraction(1, 0.02))),
        new("widest-gap:FRACTION[,FACTOR]", given => WidestGap(given.Fraction(0), given.Number(1, 1.5))),
        new("knee", _ => Knee()),
        new("false-positive-rate:RATE", given => FalsePositiveRate(given.Fraction(0))),
        new("fixed:SCORE", given => Fixed(given.Number(0))));

    /// <summary>How threshold rules are written as text, for help texts and messages.</summary>
    /// <value>For example <c>quantile:PROBABILITY</c> and <c>knee</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a threshold rule.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>contamination:0.002</c>. Fractions, probabilities and rates may be written as two numbers, <c>contamination:5/720</c>. Case and dashes do not matter.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static ThresholdRule Parse(string text) => Texts.Read(text);

    /// <summary>Whether the rule looks at scores at all.</summary>
    public abstract bool NeedsScores { get; }

    /// <summary>Flags at most a given fraction of the training rows: the threshold is the largest score that is not flagged.</summary>
    /// <param name="fraction">The fraction of anomalies that is expected, from 0 to 0.5.</param>
    /// <returns>The rule. Where scores tie at the boundary, fewer rows are flagged, never more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not within [0, 0.5].</exception>
    /// <remarks>
    /// Where the fraction is less than one row (0.01 of fewer than 100 rows), at most the row of the greatest score is flagged, and only if that score stands
    /// apart: if scores above the median fell off exponentially, the gap below it would be as wide with probability fraction · n. Ordinary rows are then flagged
    /// at the expected rate, an extreme one always. Needs three rows; of one or two none is flagged. A fraction of 0 flags no training row.
    /// </remarks>
    public static ThresholdRule Contamination(double fraction) => new ContaminationRule(fraction);

    /// <summary>The threshold is a quantile of the scores, interpolated linearly (Hyndman and Fan's type 7, NumPy's default).</summary>
    /// <param name="probability">From 0 to 1: 0.99 flags about one row in a hundred.</param>
    /// <returns>The rule. Interpolated between the two greatest scores where rows are few: below 1 it flags at least one row, however few there are, unless the greatest
    /// scores are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not within [0, 1].</exception>
    public static ThresholdRule Quantile(double probability) => new QuantileRule(probability);

    /// <summary>
    /// The threshold lies a number of robust standard deviations above the median: median + k · 1.4826 · MAD, where MAD is the median absolute
    /// deviation. The fraction of anomalies need not be known. Where more than half of the scores are equal, the mean absolute deviation · 1.2533 takes
    /// the place of the MAD (B. Iglewicz, D. C. Hoaglin, <i>How to Detect and Handle Outliers</i>, 1993).
    /// </summary>
    /// <param name="deviations">k, above 0; 3.5 is the authors' advice.</param>
    /// <returns>The rule. It can flag a row from three rows on, from five where all others are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is not a finite number above 0.</exception>
    public static ThresholdRule MedianAbsoluteDeviation(double deviations = 3.5) => new MedianAbsoluteDeviationRule(deviations);

    /// <summary>
    /// Tukey's fence: the threshold lies k interquartile ranges above the upper quartile, Q₃ + k · (Q₃ − Q₁). The fraction of anomalies need not be known. For scores of
    /// moderate tails; of skewed ones it flags many. (J. W. Tukey, <i>Exploratory Data Analysis</i>, 1977.)
    /// </summary>
    /// <param name="ranges">k, above 0; Tukey's 1.5 by default, 3 for "far out".</param>
    /// <returns>The rule. With the default it can flag a row from four rows on, and whatever k is, from five: below, the quartile is drawn along by the greatest score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is not a finite number above 0.</exception>
    public static ThresholdRule InterquartileRange(double ranges = 1.5) => new InterquartileRangeRule(ranges);

    /// <summary>
    /// Peaks over threshold: the score that a row exceeds with a small probability, extrapolated by a generalised Pareto distribution fitted to the largest scores.
    /// For risks too small to be read off the scores: the tail should hold mostly normal rows. (A. Siffer, P.-A. Fouque, A. Termier, C. Largouet,
    /// <i>Anomaly Detection in Streams with Extreme Value Theory</i>, KDD 2017; fitted as by J. Zhang, M. A. Stephens, Technometrics 51, 2009.)
    /// </summary>
    /// <param name="risk">The probability that a row like the scored ones exceeds the threshold, above 0 and below <paramref name="tailFraction"/>.</param>
    /// <param name="tailFraction">The fraction of the largest scores that the tail is fitted to, at most 0.5; at least 10 scores are taken.</param>
    /// <returns>
    /// The rule. With fewer than 10 / tail fraction rows (500 by default) ten scores are more than the fraction asked for, and a single extreme one among them
    /// widens the tail beyond itself: then prefer <see cref="MedianAbsoluteDeviation"/>. Where half of the tail is one score, the tail begins above it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ThresholdRule ParetoTail(double risk = 1e-3, double tailFraction = 0.02) => new ParetoTailRule(risk, tailFraction);

    /// <summary>
    /// The widest gap between neighboring scores near an expected fraction of anomalies, as a ratio of their distances from the median of the
    /// rows that are never flagged. Use it where the fraction is known roughly and scores fall into two groups:
    /// <see cref="Contamination"/> cuts through a group where the fraction is a little off, this rule cuts between them. The gap is
    /// taken however narrow it is; where scores have none, the flagged fraction is arbitrary within the factor. (Gap over range is how W. J. Dixon, <i>Processing Data for
    /// Outliers</i>, Biometrics 9, 1953, judges single outliers.)
    /// </summary>
    /// <param name="fraction">The fraction of anomalies that is expected, above 0 and at most 0.5.</param>
    /// <param name="factor">How far off the fraction may be: gaps are looked at from fraction / factor to fraction · factor, but never
    /// beyond three quarters of the rows. At least 1.</param>
    /// <returns>
    /// The rule. The threshold lies in the middle of the gap. It is that of <see cref="Contamination"/> where all scores there are equal, and where even
    /// fraction · factor is less than one row.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ThresholdRule WidestGap(double fraction, double factor = 1.5) => new WidestGapRule(fraction, factor);

    /// <summary>
    /// The knee of the sorted scores: where their curve, from the greatest score down, lies farthest below the chord between its ends. No parameter at all. For scores
    /// that fall steeply and then level off; where there is no such knee, the flagged fraction is arbitrary.
    /// (V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, <i>Finding a "Kneedle" in a Haystack</i>, ICDCS workshops 2011.)
    /// </summary>
    /// <returns>The rule. It can flag a row from three rows on.</returns>
    public static ThresholdRule Knee() => new KneeRule();

    /// <summary>
    /// The least threshold that a row exchangeable with the scored ones exceeds with at most a given probability: the ⌈(1 − rate)(n + 1)⌉-th score from below,
    /// +∞ where there are too few. The guarantee holds for rows that the detector was not fitted on: give the trainer a
    /// <see cref="ScoreCalibration.Conformal"/>, or scores of rows set aside. (V. Vovk, A. Gammerman, G. Shafer, 2005; Bates et al. 2023.)
    /// </summary>
    /// <param name="rate">The false-positive rate, above 0 and below 1.</param>
    /// <returns>The rule. It needs 1 / rate − 1 rows, 99 for 0.01: with fewer no finite threshold keeps the rate, and +∞ flags no row. A scored row itself can lie above
    /// it from 2 / rate − 1 rows on.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static ThresholdRule FalsePositiveRate(double rate) => new FalsePositiveRateRule(rate);

    /// <summary>
    /// Among the scores of a batch, flags as many as keep the expected fraction of false alarms among the flagged at or below a level: Benjamini and Hochberg's step-up
    /// rule on p-values. Use it on the batch that is to be decided on: <c>detector.WithThreshold(rule, batchScores)</c>. With conformal p-values the level is
    /// guaranteed whatever the detector. (Y. Benjamini, Y. Hochberg, JRSS B 57, 1995; Bates et al. 2023.)
    /// </summary>
    /// <param name="level">The false-discovery rate, above 0 and below 1.</param>
    /// <param name="calibrator">Gives the p-values: the detector's, fitted by <see cref="ScoreCalibration.Conformal"/> or another tail calibration.</param>
    /// <returns>The rule. The threshold is the largest score that is not flagged; −∞ where all are. A lone anomaly in a batch of m rows can only
    /// be flagged if the least p-value is at most level / m: conformal p-values need m / level − 1 calibration rows for that.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static ThresholdRule FalseDiscoveryRate(double level, TailCalibrator calibrator) => new FalseDiscoveryRateRule(level, calibrator);

    /// <summary>The threshold is a given number, whatever the scores.</summary>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static ThresholdRule Fixed(double threshold) => new FixedRule(threshold);

    /// <summary>Whether the rule can be resolved from scores of which each counts as often as its weight says.</summary>
    /// <value>By default only where <see cref="NeedsScores"/> is false. A rule that sets it to true overrides <see cref="ResolveFrom(ReadOnlySpan{float}, ReadOnlySpan{double})"/>.</value>
    public virtual bool AcceptsWeights => !NeedsScores;

    /// <summary>Why the rule does not take weights, where it does not: a sentence for the error message.</summary>
    protected internal virtual string WeightsRefusal => "It has no rule for scores that do not all count once.";

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>contamination:0.01</c>; null where there is none: <see cref="FalseDiscoveryRate"/> needs a calibrator, and rules of other people have no text unless they override this.</returns>
    public virtual string? ToText() => null;

    /// <summary>How a threshold came about, for people: the rule, and what it could not do with as few scores.</summary>
    /// <param name="scoreCount">How many scores it was resolved from.</param>
    /// <returns>For example <c>contamination 0.01</c>. By default the rule itself, <see cref="object.ToString"/>.</returns>
    public virtual string Describe(int scoreCount) => ToString();

    /// <summary>Finds the threshold.</summary>
    /// <param name="scores">The scores of the training rows: at least one unless <see cref="NeedsScores"/> is false; not changed.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public double Resolve(ReadOnlySpan<float> scores)
    {
        if (!NeedsScores)
            return ResolveFrom([]);
        ThrowIfUnusable(scores);
        return ResolveFrom(scores.ToArray());
    }

    /// <summary>Finds the threshold where scores count a number of times each.</summary>
    /// <param name="scores">The scores of the training rows: at least one unless <see cref="NeedsScores"/> is false; not changed.</param>
    /// <param name="weights">
    /// How many times each score counts, finite and at least 0, not all 0; or empty if each counts once. With whole weights the threshold is that of the scores repeated as
    /// often. Where all weights that are not 0 are 1, it is that of these scores, to the bit.
    /// </param>
    /// <returns>The threshold.</returns>
    /// <remarks>
    /// Fractional weights are parts of a copy. Fractions of rows become fractions of the weights' sum, and quantiles are means of the sorted scores over one copy's width, which
    /// for whole weights is the usual linear interpolation.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN; a weight cannot be used, or their number is another; or the rule takes no weights
    /// (<see cref="AcceptsWeights"/>) and some differ from 0 and 1.</exception>
    public double Resolve(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty || !NeedsScores)
            return Resolve(scores);
        ThrowIfUnusable(scores);
        var (counted, counts) = CountedScores.Of(scores, weights);
        if (counts.Length == 0)
            return ResolveFrom(counted);
        if (!AcceptsWeights)
            throw new ArgumentException($"The rule '{this}' takes no weights other than 0 and 1. {WeightsRefusal} Leave the weights out, or choose another rule.", nameof(weights));
        Array.Sort(counted, counts);
        return ResolveFrom(counted, counts);
    }

    /// <summary>Finds the threshold.</summary>
    /// <param name="scores">A copy of the scores, without NaN, that may be reordered.</param>
    /// <returns>The threshold.</returns>
    protected abstract double ResolveFrom(Span<float> scores);

    /// <summary>Finds the threshold where scores count a number of times each. Called only where <see cref="AcceptsWeights"/> is true.</summary>
    /// <param name="sorted">The scores, ascending, without NaN.</param>
    /// <param name="weights">How many times each counts: above 0 and finite.</param>
    /// <returns>The threshold; for whole weights that of the repeated scores.</returns>
    protected virtual double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights) =>
        throw new NotSupportedException($"The rule '{this}' declares that it accepts weights, but does not override ResolveFrom for them.");

    private void ThrowIfUnusable(ReadOnlySpan<float> scores)
    {
        if (scores.IsEmpty)
            throw new ArgumentException($"The rule '{this}' needs at least one score.", nameof(scores));
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                throw new ArgumentException($"Score {i} is NaN; a threshold can only follow from numbers.", nameof(scores));
        }
    }
}
