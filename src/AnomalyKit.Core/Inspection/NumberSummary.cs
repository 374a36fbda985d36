namespace AnomalyKit;

/// <summary>What the numbers of a column are like. Infinities are counted, and left out of everything else.</summary>
/// <param name="Minimum">The smallest finite number, rounded where a double has too few digits for it.</param>
/// <param name="LowerQuartile">The number that a quarter of the cells do not exceed.</param>
/// <param name="Median">The number that half of the cells do not exceed.</param>
/// <param name="UpperQuartile">The number that three quarters of the cells do not exceed.</param>
/// <param name="Maximum">The greatest finite number, rounded where a double has too few digits for it.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The population standard deviation.</param>
/// <param name="RankError">By how much, as a fraction of the cells, the ranks of the quartiles may be off: a <see cref="QuantileSketch"/>'s bound, 0 while it keeps all values.</param>
/// <param name="InfiniteCount">The number of cells that are +∞ or −∞.</param>
/// <remarks>All NaN where no cell is finite; mean and deviation also where their sums leave the range of doubles.</remarks>
public sealed record NumberSummary(
    double Minimum, double LowerQuartile, double Median, double UpperQuartile, double Maximum, double Mean, double StandardDeviation, double RankError, long InfiniteCount);
