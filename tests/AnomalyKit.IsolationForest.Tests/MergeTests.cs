namespace AnomalyKit.IsolationForest.Tests;

public class MergeTests
{
    private static readonly FeatureMatrix Data = RecipeData.Clouds();

    [Theory]
    [InlineData(50)]
    [InlineData(1)]
    [InlineData(99)]
    public void Parts_of_a_forest_merge_into_the_whole_bit_for_bit(int first)
    {
        var trainer = new IsolationForestTrainer { Seed = 11, Threshold = ThresholdRule.Fixed(0.6) };
        var whole = trainer.Fit(Data);
        var merged = IsolationForestDetector.Merge(
            (trainer with { TreeCount = first }).Fit(Data), (trainer with { TreeCount = 100 - first, FirstTree = first }).Fit(Data));
        Assert.Equal(Saved(whole.WithThreshold(0)), Saved(merged.WithThreshold(0)));
        Assert.Equal(0.6, merged.Threshold, 1e-15);
    }

    [Fact]
    public void The_threshold_is_the_mean_weighted_by_trees()
    {
        var one = new IsolationForestTrainer { TreeCount = 10, Threshold = ThresholdRule.Fixed(0.5) }.Fit(Data);
        var other = new IsolationForestTrainer { TreeCount = 30, Seed = 1, Threshold = ThresholdRule.Fixed(0.7) }.Fit(Data);
        var merged = IsolationForestDetector.Merge(one, other);
        Assert.Equal(0.65, merged.Threshold, 1e-15);
        Assert.Equal(40, merged.TreeCount);
        Assert.Contains("2", merged.ThresholdOrigin, StringComparison.Ordinal);
    }

    [Fact]
    public void One_forest_merges_into_itself()
    {
        var forest = new IsolationForestTrainer().Fit(Data);
        Assert.Equal(Saved(forest.WithThreshold(1)), Saved(IsolationForestDetector.Merge(forest).WithThreshold(1)));
    }

    [Fact]
    public void Every_mismatch_is_named()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 5 };
        var forest = trainer.Fit(Data);
        AssertRefused("columns", (trainer with { TreeCount = 6 }).Fit(Data.WithSchema(new FeatureSchema(["a", "b"]))));
        AssertRefused("offsets", trainer.Fit(FeatureMatrix.Wrap(Data.ContiguousCells(0).ToArray(), new FeatureSchema(["a", "b"], [1, 0]))), trainer.Fit(Data.WithSchema(new FeatureSchema(["a", "b"]))));
        AssertRefused("sample size", (trainer with { SampleSize = 128, MaxDepth = 8 }).Fit(Data));
        AssertRefused("depth limit", (trainer with { MaxDepth = 7 }).Fit(Data));
        AssertRefused("scaling", (trainer with { Scaling = FeatureScaling.Standard }).Fit(Data));
        AssertRefused(
            "scaling",
            (trainer with { Scaling = FeatureScaling.Standard }).Fit(Data.Slice(0, 300)),
            (trainer with { Scaling = FeatureScaling.Standard }).Fit(Data.Slice(100, 300)));
        Assert.Throws<ArgumentException>(() => IsolationForestDetector.Merge());
        Assert.Throws<ArgumentNullException>(() => IsolationForestDetector.Merge(null!));

        void AssertRefused(string what, IsolationForestDetector other, IsolationForestDetector? first = null)
        {
            var exception = Assert.Throws<ArgumentException>(() => IsolationForestDetector.Merge(first ?? forest, first ?? forest, other));
            Assert.Contains(what, exception.Message, StringComparison.Ordinal);
            Assert.Contains("Forest 2", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_shared_scaling_can_be_merged()
    {
        var scaling = FeatureScaling.Fitted(FeatureScaling.Standard.Fit(Data, new FitContext()));
        var trainer = new IsolationForestTrainer { Scaling = scaling, TreeCount = 50, Seed = 4 };
        var merged = IsolationForestDetector.Merge(trainer.Fit(Data), (trainer with { FirstTree = 50 }).Fit(Data));
        Assert.Equal((trainer with { TreeCount = 100 }).Fit(Data).Score(Data), merged.Score(Data));
    }

    [Fact]
    public void Thresholds_without_a_mean_do_not_make_nan()
    {
        var forest = new IsolationForestTrainer { TreeCount = 5 }.Fit(Data);
        var merged = IsolationForestDetector.Merge(forest.WithThreshold(double.PositiveInfinity), forest.WithThreshold(double.NegativeInfinity));
        Assert.False(double.IsNaN(merged.Threshold));
    }

    private static byte[] Saved(IsolationForestDetector forest)
    {
        using var stream = new MemoryStream();
        forest.Save(stream);
        return stream.ToArray();
    }
}
