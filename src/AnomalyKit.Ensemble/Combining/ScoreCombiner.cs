using AnomalyKit.Ensemble;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How the normalized scores of the members of an ensemble become one score per row.</summary>
/// <remarks>C. C. Aggarwal, S. Sathe, <i>Theoretical Foundations and Algorithms for Outlier Ensembles</i>, SIGKDD Explorations 17, 2015, compare most of them.</remarks>
public abstract record ScoreCombiner
{
    /// <summary>How combiners are written as text, for help texts and messages.</summary>
    /// <value>For example <c>mean</c> and <c>average-of-maximum:GROUPS[,SEED]</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a combiner.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>trimmed-mean:0.2</c>. Case and dashes do not matter.</param>
    /// <returns>The combiner.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static ScoreCombiner Parse(string text) => Texts.Read(text);

    // Combiners are a closed set that model files name; other ways to combine are detectors of their own.
    private protected ScoreCombiner()
    {
    }

    /// <summary>The weighted mean: reduces the variance of all members. Weak members dilute it, unless a weighting finds them.</summary>
    public static ScoreCombiner Mean { get; } = new MeanCombiner();

    /// <summary>The highest normalized score. It finds what only one member sees, but it also repeats the false alerts of every member. Weights do not matter.</summary>
    public static ScoreCombiner Maximum { get; } = new MaximumCombiner();

    /// <summary>The weighted median: up to half of the weight may go astray without moving it.</summary>
    public static ScoreCombiner Median { get; } = new MedianCombiner();

    /// <summary>The weighted mean of what is left when the lowest and the highest scores are put aside.</summary>
    /// <param name="share">The share of the weight that is cut off at either end, above 0 and below 0.5.</param>
    /// <returns>The combiner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static ScoreCombiner TrimmedMean(double share = 0.2) => new TrimmedMeanCombiner(share);

    /// <summary>Average of maximum (AOM): the mean over groups of each group's greatest score. Between <see cref="Mean"/> and <see cref="Maximum"/>.</summary>
    /// <param name="groups">The number of groups, at least 1; members are dealt to them at random, as evenly as can be.</param>
    /// <param name="seed">Which members share a group.</param>
    /// <returns>The combiner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no group.</exception>
    public static ScoreCombiner AverageOfMaximum(int groups, ulong seed = 0) => new GroupCombiner(groups, seed, MaximumFirst: true);

    /// <summary>Maximum of average (MOA): the greatest of the groups' means.</summary>
    /// <inheritdoc cref="AverageOfMaximum"/>
    public static ScoreCombiner MaximumOfAverage(int groups, ulong seed = 0) => new GroupCombiner(groups, seed, MaximumFirst: false);

    /// <summary>
    /// Majority vote: the number of members whose own score exceeds their own threshold. For labels "k of m" set the ensemble's threshold to
    /// <c>ThresholdRule.Fixed(k − 0.5)</c>, or use <see cref="EnsembleTrainer.MajorityVote"/>. Most rows tie at 0.
    /// </summary>
    public static ScoreCombiner Votes { get; } = new VoteCombiner();

    /// <summary>
    /// The weighted mean, plus what single members are very sure of, whatever their weights: it finds what only one member sees, and hardly repeats the false alerts of members that are never very sure.
    /// A member's surprisal is −log₁₀ of the probability of so high a score, by the tail that its ordinary training scores predict. For each decade beyond the level the combined score rises by the gain.
    /// </summary>
    /// <param name="level">The probability from which surprisal counts, above 0 and at most 0.01. 0.001, the default: what one row in a thousand would reach adds nothing.</param>
    /// <param name="gain">What a decade below the level adds to the score, above 0 and at most 1,000; in the units of the common scale, which is standard deviations by default. At the default, 10, a row
    /// that one member is sure of stands above rows that all members find somewhat unusual.</param>
    /// <returns>The combiner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level or the gain is out of range.</exception>
    /// <remarks>
    /// The tail is a generalised Pareto distribution beyond the 0.8 quantile of a member's training scores. Of the highest 3 % it is taken into account that they are there, not how high they are: they may
    /// be anomalies. So it assumes that fewer rows than that are anomalies that the member is sure of. Surprisal goes up to 300. A member of whose training scores too few differ adds none.
    /// </remarks>
    public static ScoreCombiner MeanAndSurprisal(double level = 0.001, double gain = 10) => new SurprisalCombiner(level, gain);

    private static readonly TextForms<ScoreCombiner> Texts = new(
        "combiner",
        new("mean", _ => Mean),
        new("maximum", _ => Maximum),
        new("median", _ => Median),
        new("trimmed-mean[:FRACTION]", given => TrimmedMean(given.Fraction(0, 0.2))),
        new("average-of-maximum:GROUPS[,SEED]", given => AverageOfMaximum(given.Int32(0), given.Seed(1))),
        new("maximum-of-average:GROUPS[,SEED]", given => MaximumOfAverage(given.Int32(0), given.Seed(1))),
        new("votes", _ => Votes),
        new("mean-and-surprisal[:PROBABILITY[,GAIN]]", given => MeanAndSurprisal(given.Number(0, 0.001), given.Number(1, 10))));

    /// <summary>The short name used in model files.</summary>
    internal abstract string Kind { get; }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>trimmed-mean:0.2</c>.</returns>
    public virtual string ToText() => Kind;

    /// <summary>Whether members' labels are combined, not their scores.</summary>
    internal virtual bool CountsVotes => false;

    /// <summary>Whether the tails of members' training scores are needed.</summary>
    internal virtual bool NeedsTails => false;

    /// <summary>Prepares to combine the scores of given members.</summary>
    internal abstract IRowCombiner For(ReadOnlySpan<double> weights);

    /// <summary>Prepares to combine the scores of given members, of which the tails are known.</summary>
    /// <param name="weights">The members' weights.</param>
    /// <param name="tails">The tail of each member's training scores, where it has one.</param>
    internal virtual IRowCombiner For(ReadOnlySpan<double> weights, ReadOnlySpan<MemberTail?> tails) => For(weights);
}
