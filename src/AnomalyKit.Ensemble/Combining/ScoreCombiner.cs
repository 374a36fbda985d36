using AnomalyKit.Ensemble;

namespace AnomalyKit;

/// <summary>How the normalised scores of an ensemble's members become one score a row.</summary>
/// <remarks>C. C. Aggarwal, S. Sathe, <i>Theoretical Foundations and Algorithms for Outlier Ensembles</i>, SIGKDD Explorations 17, 2015, compare most of them.</remarks>
public abstract record ScoreCombiner
{
    // Combiners are a closed set that model files name; other ways to combine are detectors of their own.
    private protected ScoreCombiner()
    {
    }

    /// <summary>The weighted mean: reduces the variance of all members. Weak members dilute it, unless a weighting finds them.</summary>
    public static ScoreCombiner Mean { get; } = new MeanCombiner();

    /// <summary>The greatest normalised score: finds what only one member sees, and repeats every member's false alarms. Weights do not matter.</summary>
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

    /// <summary>The short name used in model files.</summary>
    internal abstract string Kind { get; }

    /// <summary>Whether members' labels are combined, not their scores.</summary>
    internal virtual bool CountsVotes => false;

    /// <summary>Prepares to combine the scores of given members.</summary>
    internal abstract IRowCombiner For(ReadOnlySpan<double> weights);
}
