namespace AnomalyKit.Autoencoder.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        (string Name, Func<AutoencoderTrainer> Set)[] wrong =
        [
            ("MaxEpochs", () => new AutoencoderTrainer { MaxEpochs = 0 }),
            ("BatchSize", () => new AutoencoderTrainer { BatchSize = 0 }),
            ("LearningRate", () => new AutoencoderTrainer { LearningRate = 0 }),
            ("LearningRate", () => new AutoencoderTrainer { LearningRate = double.NaN }),
            ("WeightDecay", () => new AutoencoderTrainer { WeightDecay = -1 }),
            ("DropoutFraction", () => new AutoencoderTrainer { DropoutFraction = 0.95 }),
            ("InputNoise", () => new AutoencoderTrainer { InputNoise = double.PositiveInfinity }),
            ("MaxGradientNorm", () => new AutoencoderTrainer { MaxGradientNorm = 0 }),
            ("TrimmedFraction", () => new AutoencoderTrainer { TrimmedFraction = 0.6 }),
            ("MaxInputMagnitude", () => new AutoencoderTrainer { MaxInputMagnitude = 0 }),
            ("ValidationFraction", () => new AutoencoderTrainer { ValidationFraction = 0.6 }),
            ("Patience", () => new AutoencoderTrainer { Patience = 0 }),
            ("Activation", () => new AutoencoderTrainer { Activation = (NetworkActivation)7 }),
            ("OutputActivation", () => new AutoencoderTrainer { OutputActivation = (NetworkActivation)(-1) }),
            ("Schedule", () => new AutoencoderTrainer { Schedule = (LearningRateSchedule)9 }),
            ("Measure", () => new AutoencoderTrainer { Measure = (ErrorMeasure)2 }),
        ];
        foreach (var (name, set) in wrong)
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(set);
            Assert.Equal(name, exception.ParamName);
            Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Widths_follow_the_columns()
    {
        Assert.Equal([15, 8, 15], LayerWidths.ForColumns(30));
        Assert.Equal([1, 1, 1], LayerWidths.ForColumns(1));
        Assert.Equal([1, 1, 1], LayerWidths.ForColumns(2));
        Assert.Equal([2, 1, 2], LayerWidths.ForColumns(4));
        Assert.Equal(LayerWidths.Of(15, 8, 15), new AutoencoderTrainer { MaxEpochs = 1 }.Fit(Draw.Normal(20, 30)).HiddenWidths);
        Assert.Equal("16-8-16", LayerWidths.Reference.ToString());
    }

    [Fact]
    public void Widths_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerWidths.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerWidths.Of(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerWidths.Of(LayerWidths.MaxWidth + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerWidths.Of(new int[LayerWidths.MaxLayers + 1]));
        var exception = Assert.Throws<ArgumentException>(() => new AutoencoderTrainer { HiddenWidths = [1 << 14, 1 << 14, 1 << 14] }.Fit(Draw.Normal(20, 4)));
        Assert.Contains("HiddenWidths", exception.Message, StringComparison.Ordinal);
        Assert.Equal("data", exception.ParamName);
    }

    [Fact]
    public void Trainers_with_equal_options_are_equal()
    {
        Assert.Equal(new AutoencoderTrainer { HiddenWidths = [4, 2, 4] }, new AutoencoderTrainer { HiddenWidths = [4, 2, 4] });
        Assert.NotEqual(new AutoencoderTrainer { HiddenWidths = [4, 2, 4] }, new AutoencoderTrainer { HiddenWidths = [4, 3, 4] });
        Assert.Equal(LayerWidths.Reference.GetHashCode(), LayerWidths.Of(16, 8, 16).GetHashCode());
        Assert.Equal(new AutoencoderTrainer(), new AutoencoderTrainer { Engine = new ManagedEngine() });
        Assert.Throws<ArgumentNullException>("Engine", () => new AutoencoderTrainer { Engine = null! });

        // Every option that is a list is one whose equality is that of its content: arrays and bare lists compare by reference.
        Assert.All(
            typeof(AutoencoderTrainer).GetProperties().Where(option => option.PropertyType != typeof(string) && option.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable))),
            option => Assert.Contains(typeof(IEquatable<>).MakeGenericType(option.PropertyType), option.PropertyType.GetInterfaces()));
    }

    [Theory]
    [InlineData(50_000, 30, new[] { 16, 8, 16 }, ErrorMeasure.MeanSquare)]
    [InlineData(3_000, 60, new[] { 512, 64, 512 }, ErrorMeasure.MeanSquare)]
    [InlineData(50_000, 10, new[] { 4 }, ErrorMeasure.Whitened)]
    public void The_estimate_of_memory_is_about_what_a_fit_allocates(int rows, int columns, int[] widths, ErrorMeasure measure)
    {
        // What is allocated over one epoch on one thread bounds what is alive at once, and with so few epochs little of it dies on the way.
        var data = Draw.Normal(rows, columns);
        var trainer = new AutoencoderTrainer { HiddenWidths = LayerWidths.Of(widths), MaxEpochs = 1, Measure = measure, Threshold = ThresholdRule.Fixed(1) };
        var options = new FitOptions { MaxDegreeOfParallelism = 1 };
        trainer.Fit(data.Slice(0, 100), options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Fit(data, options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(trainer.EstimateMemory(rows, columns), 0.5 * allocated, 1.5 * allocated);
        Assert.True((trainer with { Scaling = FeatureScaling.None }).EstimateMemory(rows, columns) <= trainer.EstimateMemory(rows, columns) - (4L * rows * columns));
    }
}
