namespace AnomalyKit.IsolationForest.Tests;

public class OptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_paper()
    {
        var trainer = new IsolationForestTrainer();
        Assert.Equal((100, 256, 0UL, 0), (trainer.TreeCount, trainer.SampleSize, trainer.Seed, trainer.FirstTree));
        Assert.Null(trainer.MaxDepth);
        Assert.Null(trainer.FeaturesPerTree);
        Assert.Same(FeatureScaling.None, trainer.Scaling);
        Assert.Equal("contamination 0.01", trainer.Threshold.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Options_out_of_range_are_refused_by_name_value_and_range(int bad)
    {
        Check("TreeCount", () => new IsolationForestTrainer { TreeCount = bad }, "1 and 1000000");
        Check("SampleSize", () => new IsolationForestTrainer { SampleSize = bad }, "2 and 16777216");
        Check("MaxDepth", () => new IsolationForestTrainer { MaxDepth = bad }, "1 and 4096");
        Check("FeaturesPerTree", () => new IsolationForestTrainer { FeaturesPerTree = bad }, "1 and");
        Check("FirstTree", () => new IsolationForestTrainer { FirstTree = bad == 0 ? -7 : bad }, "0 and", bad == 0 ? -7 : bad);

        void Check(string option, Func<object> make, string range, int? value = null)
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(make);
            Assert.Equal(option, exception.ParamName);
            Assert.Equal(value ?? bad, exception.ActualValue);
            Assert.Contains(range, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_ends_of_the_ranges_are_taken()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 1_000_000, SampleSize = 16_777_216, MaxDepth = 4096, FeaturesPerTree = int.MaxValue, FirstTree = int.MaxValue };
        Assert.Equal(1, (trainer with { TreeCount = 1, FeaturesPerTree = 1, MaxDepth = 1, SampleSize = 2 }).Fit(RecipeData.Normals(20, 2)).TreeCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForestTrainer { TreeCount = 1_000_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForestTrainer { SampleSize = 16_777_217 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForestTrainer { MaxDepth = 4097 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForestTrainer { SampleSize = 1 });
    }

    [Fact]
    public void More_features_a_tree_than_columns_are_refused_with_both_numbers()
    {
        var exception = Assert.Throws<ArgumentException>(() => new IsolationForestTrainer { FeaturesPerTree = 6 }.Fit(RecipeData.Normals(20, 5)));
        Assert.Contains("FeaturesPerTree is 6", exception.Message, StringComparison.Ordinal);
        Assert.Contains("5 columns", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainers_of_the_same_options_are_equal() =>
        Assert.Equal(new IsolationForestTrainer { Seed = 3, Scaling = FeatureScaling.Robust }, new IsolationForestTrainer { Seed = 3, Scaling = FeatureScaling.Robust });
}
