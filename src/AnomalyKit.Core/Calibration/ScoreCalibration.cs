using AnomalyKit.Numerics;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How a detector's scores are brought to a scale with a meaning: a recipe that is fitted on the scores of the training rows.</summary>
/// <remarks>
/// <para>
/// Linear ones (<see cref="RobustZ"/>, <see cref="ZScore"/>, <see cref="MinMax"/>) keep the shape of the scores, <see cref="LogZScore"/> compresses their tail. Tail ones (<see cref="Rank"/>, <see cref="Gaussian"/>,
/// <see cref="Gamma"/>, <see cref="Conformal"/>) give probabilities, as 1 − p or as −log₁₀ p.
/// </para>
/// <para>No recipe looks at labels or at the rows to be scored.</para>
/// </remarks>
public abstract record ScoreCalibration
{
    /// <summary>How calibrations are written as text, for help texts and messages.</summary>
    /// <value>For example <c>robust-z</c> and <c>conformal:HELD-OUT-FRACTION</c>. A scale is <c>probability</c> or <c>surprisal</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a calibration.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>rank:surprisal</c>. Case and dashes do not matter.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static ScoreCalibration Parse(string text) => Texts.Read(text);

    /// <summary>No calibration.</summary>
    public static ScoreCalibration None { get; } = new NoCalibration();

    /// <summary>
    /// (s − median) / (1.4826 · MAD): how many robust standard deviations above the median. A few outliers do not move it: for scores whose far tail should keep its
    /// magnitude. Where more than half of the scores are equal, 1.2533 times the mean absolute deviation takes the place of 1.4826 · MAD
    /// (B. Iglewicz, D. C. Hoaglin, 1993).
    /// </summary>
    public static ScoreCalibration RobustZ { get; } = new RobustZCalibration();

    /// <summary>(s − mean) / population standard deviation. For light-tailed scores; single huge scores squeeze all others together.</summary>
    public static ScoreCalibration ZScore { get; } = new ZScoreCalibration();

    /// <summary>(s − least) / (greatest − least) of the training scores: they lie in [0, 1], new ones may exceed 1. For scores with a natural bound.</summary>
    public static ScoreCalibration MinMax { get; } = new MinMaxCalibration();

    /// <summary>
    /// The z-score of ln(s − least + (median − least)): scores from different worlds, squared distances as well as bounded ones, get comparable tails, and a row ten times
    /// as far scores higher, but not ten times. For sums over detectors of different kinds.
    /// </summary>
    public static ScoreCalibration LogZScore { get; } = new LogarithmicCalibration();

    private static readonly TextForms<ScoreCalibration> Texts = new(
        "calibration",
        new("none", _ => None),
        new("robust-z", _ => RobustZ),
        new("z-score", _ => ZScore),
        new("min-max", _ => MinMax),
        new("log-z-score", _ => LogZScore),
        new("rank[:SCALE]", given => Rank(given.Enum(0, TailScale.Probability))),
        new("gaussian[:SCALE]", given => Gaussian(given.Enum(0, TailScale.Probability))),
        new("gamma[:SCALE]", given => Gamma(given.Enum(0, TailScale.Probability))),
        new("conformal[:HELD-OUT-FRACTION[,SEED[,SCALE]]]", given => Conformal(given.Fraction(0, 0.25), given.Seed(1), given.Enum(2, TailScale.Probability))));

    /// <summary>
    /// The rank among the training scores, interpolated between them, and continued beyond their 0.99 quantile by a generalised Pareto tail, so that rows
    /// more anomalous than all training rows are still told apart. No shape of the scores is assumed. p of a score in the body is
    /// (training scores at least as high − ½) / (n + 1), so all rows that share a score count; the Pareto tail holds the largest hundredth, at least ten
    /// scores, and begins above a score that half of them share.
    /// (J. Pickands, Annals of Statistics 3, 1975; fitted as by J. Zhang, M. A. Stephens, Technometrics 51, 2009, the shape taken as at least 0.)
    /// </summary>
    /// <param name="scale">1 − p or −log₁₀ p.</param>
    /// <returns>The recipe.</returns>
    public static ScoreCalibration Rank(TailScale scale = TailScale.Probability) => new RankCalibration(Known(scale));

    /// <summary>
    /// Gaussian scaling: max(0, erf((s − μ) / (σ√2))). For scores that are about normal, such as averages.
    /// (H.-P. Kriegel, P. Kröger, E. Schubert, A. Zimek, <i>Interpreting and Unifying Outlier Scores</i>, SDM 2011, section 4.2.)
    /// </summary>
    /// <param name="scale">1 − p or −log₁₀ p.</param>
    /// <returns>The recipe.</returns>
    public static ScoreCalibration Gaussian(TailScale scale = TailScale.Probability) => new GaussianCalibration(Known(scale));

    /// <summary>
    /// Gamma scaling: max(0, (F(s) − F(μ)) / (1 − F(μ))), where F is the gamma distribution of the training scores' mean μ and variance, from the least score on. For positive,
    /// skewed scores: distances, LOF. (Kriegel et al. 2011, section 4.2.)
    /// </summary>
    /// <param name="scale">1 − p or −log₁₀ p.</param>
    /// <returns>The recipe.</returns>
    public static ScoreCalibration Gamma(TailScale scale = TailScale.Probability) => new GammaCalibration(Known(scale));

    /// <summary>
    /// Conformal p-values: (1 + calibration scores that are at least as high) / (1 + calibration scores). On rows exchangeable with the calibration rows,
    /// P(p ≤ α) ≤ α for every α, whatever the detector: a false-positive rate that is guaranteed. Split calibration: a trainer sets a fraction of the rows
    /// aside, fits on the others and calibrates (and finds its threshold) on those set aside.
    /// (S. Bates, E. Candès, L. Lei, Y. Romano, M. Sesia, <i>Testing for Outliers with Conformal p-values</i>, Annals of Statistics 51, 2023.)
    /// </summary>
    /// <param name="heldOutFraction">The fraction of the rows that is set aside, above 0 and at most 0.9. The least p-value is 1 / (1 + rows set aside).</param>
    /// <param name="seed">Which rows are set aside.</param>
    /// <param name="scale">1 − p or −log₁₀ p.</param>
    /// <returns>The recipe.</returns>
    /// <remarks>Anomalies among the calibration rows make the p-values larger: fewer false alarms than asked for, less power.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public static ScoreCalibration Conformal(double heldOutFraction = 0.25, ulong seed = 0, TailScale scale = TailScale.Probability) =>
        new ConformalCalibration(heldOutFraction, seed, Known(scale));

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>rank:probability</c>; null for a calibration that has none.</returns>
    public virtual string? ToText() => null;

    /// <summary>The fraction of the rows that a trainer sets aside to calibrate on; 0 where the calibration is fitted on the scores of the training rows.</summary>
    public virtual double HeldOutFraction => 0;

    /// <summary>Which rows are set aside, where some are.</summary>
    internal virtual ulong HeldOutSeed => 0;

    internal virtual bool NeedsScores => true;

    /// <summary>Whether what is fitted tells how likely a score as high is among normal rows: <see cref="TailCalibrator"/>.</summary>
    public virtual bool GivesTailProbabilities => false;

    /// <summary>Whether the calibration can be fitted on scores of which each counts as often as its weight says; false for <see cref="Conformal"/>.</summary>
    public virtual bool AcceptsWeights => true;

    /// <summary>Why the calibration does not take weights, where it does not: a sentence for the error message.</summary>
    internal virtual string WeightsRefusal => string.Empty;

    /// <summary>Fits the calibration.</summary>
    /// <param name="scores">At least one score, none NaN; not changed.</param>
    /// <returns>The fitted calibration, or null where there is none (<see cref="None"/>).</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public ScoreCalibrator? Fit(ReadOnlySpan<float> scores)
    {
        if (!NeedsScores)
            return null;
        return FitTo(Usable(scores));
    }

    /// <summary>Fits the calibration where scores count a number of times each.</summary>
    /// <param name="scores">At least one score, none NaN; not changed.</param>
    /// <param name="weights">
    /// How many times each score counts, finite and at least 0, not all 0; or empty if each counts once. With whole weights the calibration is that of the scores repeated
    /// as often, up to the rounding of sums. Where all weights that are not 0 are 1, it is that of these scores, to the bit.
    /// </param>
    /// <returns>The fitted calibration, or null where there is none (<see cref="None"/>).</returns>
    /// <remarks>Fractional weights are parts of a copy: counts become sums of weights, and quantiles are means of the sorted scores over one copy's width.</remarks>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN; a weight cannot be used, or their number is another; or the calibration takes no weights
    /// (<see cref="AcceptsWeights"/>) and some differ from 0 and 1.</exception>
    public ScoreCalibrator? Fit(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty || !NeedsScores)
            return Fit(scores);
        var (counted, counts) = CountedScores.Of(Usable(scores), weights);
        if (counts.Length == 0)
            return FitTo(counted);
        if (!AcceptsWeights)
        {
            throw new ArgumentException(
                $"The calibration '{this}' takes no weights other than 0 and 1. {WeightsRefusal} Leave the weights out, or choose another calibration.", nameof(weights));
        }

        Array.Sort(counted, counts);
        return FitTo(new WeightedScores(counted, counts));
    }

    /// <summary>Fits the calibration.</summary>
    /// <param name="scores">A copy of the scores, all finite, that may be reordered.</param>
    /// <returns>The fitted calibration.</returns>
    private protected abstract ScoreCalibrator FitTo(float[] scores);

    /// <summary>Fits the calibration to finite scores that count a number of times each.</summary>
    private protected abstract ScoreCalibrator FitTo(WeightedScores scores);

    private float[] Usable(ReadOnlySpan<float> scores)
    {
        if (scores.IsEmpty)
            throw new ArgumentException($"The calibration '{this}' needs at least one score.", nameof(scores));
        float[] copy = scores.ToArray();
        for (int i = 0; i < copy.Length; i++)
        {
            if (float.IsNaN(copy[i]))
                throw new ArgumentException($"Score {i} is NaN; a calibration can only follow from numbers.", nameof(scores));
            copy[i] = Math.Clamp(copy[i], -float.MaxValue, float.MaxValue);
        }

        return copy;
    }

    private static TailScale Known(TailScale scale) => Enum.IsDefined(scale)
        ? scale
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is TailScale.Probability or TailScale.Surprisal.");

    private sealed record NoCalibration : ScoreCalibration
    {
        internal override bool NeedsScores => false;

        public override string ToString() => "none";

        public override string? ToText() => "none";

        private protected override ScoreCalibrator FitTo(float[] scores) => throw new NotSupportedException();

        private protected override ScoreCalibrator FitTo(WeightedScores scores) => throw new NotSupportedException();
    }
}
