using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning.Tests;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Equal_values_share_their_ranks() => Assert.Equal([3, 1.5, 4, 1.5], MidRanks.Of<float>([2, 1, 5, 1]));

    [Fact]
    public void Correlations_are_those_by_hand()
    {
        // SciPy 1.11: spearmanr 0.8207826816681233, kendalltau 0.7378647873726218 for these lists.
        double[] one = [1, 2, 3, 4, 5];
        double[] other = [5, 6, 7, 8, 7];
        Assert.Equal(0.8207826816681233, RankCorrelation.Spearman(MidRanks.Of<double>(one), MidRanks.Of<double>(other)), 12);
        Assert.Equal(0.7378647873726218, RankCorrelation.Kendall(one, other), 12);
    }

    [Fact]
    public void What_tells_nothing_apart_agrees_with_nothing()
    {
        Assert.Equal(0, RankCorrelation.Kendall([1, 1, 1], [1, 2, 3]));
        Assert.Equal(0, RankCorrelation.Spearman([2, 2, 2], [1, 2, 3]));
    }
}
