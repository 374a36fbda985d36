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

    /// <summary>
    /// Tukey's fence: the threshold lies k interquartile ranges above the upper quartile, Q₃ + k · (Q₃ − Q₁). No share of anomalies need be known. For scores of
    /// moderate tails; of skewed ones it flags many. (J. W. Tukey, <i>Exploratory Data Analysis</i>, 1977.)
    /// </summary>
    /// <param name="ranges">k, above 0; Tukey's 1.5 by default, 3 for "far out".</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is not a finite number above 0.</exception>
    public static ThresholdRule InterquartileRange(double ranges = 1.5) => new InterquartileRangeRule(ranges);

    /// <summary>
    /// Peaks over threshold: the score that a row exceeds with a small probability, extrapolated by a generalised Pareto distribution fitted to the largest scores.
    /// For risks too small to be read off the scores: the tail share should hold mostly normal rows. (A. Siffer, P.-A. Fouque, A. Termier, C. Largouet,
    /// <i>Anomaly Detection in Streams with Extreme Value Theory</i>, KDD 2017; fitted as by J. Zhang, M. A. Stephens, Technometrics 51, 2009.)
    /// </summary>
    /// <param name="risk">The probability that a row like the scored ones exceeds the threshold, above 0 and below <paramref name="tailShare"/>.</param>
    /// <param name="tailShare">The share of the largest scores that the tail is fitted to, at most 0.5; at least 10 scores are taken.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ThresholdRule ParetoTail(double risk = 1e-3, double tailShare = 0.02) => new ParetoTailRule(risk, tailShare);

    /// <summary>
    /// The widest gap between neighbouring scores near an expected share of anomalies, as a ratio of their distances above
    /// the middle of the rows that stay below in any case. For a share that is known
    /// roughly and scores that fall into two groups: <see cref="Contamination"/> cuts through a group where the share is a little off, this rule between them. The gap is
    /// taken however narrow it is; where scores have none, the flagged share is arbitrary within the factor. (Gap over range is how W. J. Dixon, <i>Processing Data for
    /// Outliers</i>, Biometrics 9, 1953, judges single outliers.)
    /// </summary>
    /// <param name="share">The share of anomalies that is expected, above 0 and at most 0.5.</param>
    /// <param name="factor">How far off the share may be: gaps are looked at from share / factor to share · factor, but never
    /// beyond three quarters of the rows. At least 1.</param>
    /// <returns>The rule. The threshold lies in the middle of the gap; where all scores there are equal, it is that of <see cref="Contamination"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ThresholdRule WidestGap(double share, double factor = 1.5) => new WidestGapRule(share, factor);

    /// <summary>
    /// The knee of the sorted scores: where their curve, from the greatest score down, lies farthest below the chord between its ends. No parameter at all. For scores
    /// that fall steeply and then level off; where there is no such knee, the flagged share is arbitrary.
    /// (V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, <i>Finding a "Kneedle" in a Haystack</i>, ICDCS workshops 2011.)
    /// </summary>
    /// <returns>The rule.</returns>
    public static ThresholdRule Knee() => new KneeRule();

    /// <summary>
    /// The least threshold that a row exchangeable with the scored ones exceeds with at most a given probability: the ⌈(1 − rate)(n + 1)⌉-th score from below,
    /// +∞ where there are too few. The guarantee holds for rows that the detector was not fitted on: give the trainer a
    /// <see cref="ScoreCalibration.Conformal"/>, or scores of rows set aside. (V. Vovk, A. Gammerman, G. Shafer, 2005; Bates et al. 2023.)
    /// </summary>
    /// <param name="rate">The false-positive rate, above 0 and below 1.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static ThresholdRule FalsePositiveRate(double rate) => new FalsePositiveRateRule(rate);

    /// <summary>
    /// Among the scores of a batch, flags as many as keep the expected share of false alarms among the flagged at or below a level: Benjamini and Hochberg's step-up
    /// rule on p-values. Use it on the batch that is to be decided on: <c>detector.WithThreshold(rule, batchScores)</c>. With conformal p-values the level is
    /// guaranteed whatever the detector. (Y. Benjamini, Y. Hochberg, JRSS B 57, 1995; Bates et al. 2023.)
    /// </summary>
    /// <param name="level">The false-discovery rate, above 0 and below 1.</param>
    /// <param name="calibrator">Gives the p-values: the detector's, fitted by <see cref="ScoreCalibration.Conformal"/> or another tail calibration.</param>
    /// <returns>The rule. The threshold is the largest score that is not flagged; −∞ where all are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static ThresholdRule FalseDiscoveryRate(double level, TailCalibrator calibrator) => new FalseDiscoveryRateRule(level, calibrator);

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
}
