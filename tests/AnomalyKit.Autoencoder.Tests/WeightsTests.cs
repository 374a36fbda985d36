namespace AnomalyKit.Autoencoder.Tests;

/// <summary>Errors count by weight: where one batch holds all rows, the fit is that of repeated rows.</summary>
public class WeightsTests
{
    [Theory]
    [InlineData(0, ErrorMeasure.MeanSquare)]
    [InlineData(0, ErrorMeasure.Whitened)]
    [InlineData(0.1, ErrorMeasure.Whitened)]
    public void Whole_weights_are_repetitions_where_one_batch_holds_all_rows(double trimmed, ErrorMeasure measure)
    {
        var data = Draw.Plane(60, 6);
        double[] weights = [.. Enumerable.Range(0, 60).Select(row => (double)(1 + (row % 3)))];
        var trainer = new AutoencoderTrainer
        {
            BatchSize = 1000,
            MaxEpochs = 60,
            LearningRate = 0.01,
            ValidationFraction = 0,
            TrimmedFraction = trimmed,
            Measure = measure,
        };
        var expected = trainer.Fit(data.SelectRows([.. Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]));
        var actual = trainer.Fit(data.WithWeights(weights));
        var unweighted = trainer.Fit(data);
        Assert.Equal(expected.History[^1].Loss, actual.History[^1].Loss, 1e-3 * expected.History[^1].Loss);
        float[] right = expected.Score(data);
        double error = Worst(right, actual.Score(data));
        // What rounding leaves after sixty steps, against what weights change.
        Assert.True(error < 0.05 * Worst(right, unweighted.Score(data)), $"Scores differ by {error}.");
    }

    [Fact]
    public void Losses_are_weighted_means()
    {
        var data = Draw.Normal(400, 4);
        double[] weights = [.. Enumerable.Range(0, 400).Select(row => row % 2 == 0 ? 5 : 0.5)];
        var trainer = new AutoencoderTrainer { MaxEpochs = 3, TrimmedFraction = 0, LearningRate = 1e-12, Measure = ErrorMeasure.MeanSquare, ValidationFraction = 0 };
        // The weights of the network all but stay, so that the loss is that of the first network.
        var detector = trainer.Fit(data.WithWeights(weights));
        float[] scores = detector.Score(data);
        double expected = scores.Zip(weights).Sum(pair => pair.First * pair.Second) / weights.Sum();
        Assert.Equal(expected, detector.History[0].Loss, 0.02 * expected);
    }

    [Fact]
    public void A_heavy_row_is_learned()
    {
        var rows = Draw.Plane(500, 8);
        float[] cells = [.. Enumerable.Range(0, 500).SelectMany(row => rows.Cells(row).ToArray())];
        for (int j = 0; j < 8; j++)
            cells[j] = j % 2 == 0 ? 2 : -2;
        var data = FeatureMatrix.Wrap(cells, 8);
        double[] weights = [.. Enumerable.Repeat(1.0, 500)];
        weights[0] = 500;
        var trainer = new AutoencoderTrainer { MaxEpochs = 40, LearningRate = 0.01, ValidationFraction = 0, Scaling = FeatureScaling.None, Measure = ErrorMeasure.MeanSquare };
        float light = trainer.Fit(data).Score(data)[0];
        float heavy = trainer.Fit(data.WithWeights(weights)).Score(data)[0];
        Assert.True(heavy < 0.2 * light, $"{light} with weight 1, {heavy} with weight 500.");
    }

    [Fact]
    public void Validation_and_early_stopping_go_with_weights()
    {
        var data = Draw.Plane(400, 6);
        double[] weights = [.. Enumerable.Range(0, 400).Select(row => 0.5 + (row % 5))];
        var trainer = new AutoencoderTrainer { MaxEpochs = 30, Patience = 3, ValidationFraction = 0.2 };
        var detector = trainer.Fit(data.WithWeights(weights));
        Assert.All(detector.History, epoch => Assert.True(epoch.ValidationLoss > 0));
        Assert.Equal(detector.Score(data), trainer.Fit(data.WithWeights(weights), new FitOptions { MaxDegreeOfParallelism = 1 }).Score(data));
    }

    [Fact]
    public void An_engine_without_weights_refuses_them_by_name()
    {
        var data = Draw.Normal(50, 4);
        double[] weights = [.. Enumerable.Range(0, 50).Select(row => 1.0 + (row % 2))];
        var trainer = new AutoencoderTrainer { Engine = new PlainEngine() };
        Assert.False(trainer.AcceptsWeights);
        string message = Assert.Throws<ArgumentException>(() => trainer.Fit(data.WithWeights(weights))).Message;
        Assert.Contains(nameof(AutoencoderTrainer), message, StringComparison.Ordinal);
        Assert.Contains(nameof(PlainEngine), message, StringComparison.Ordinal);
        Assert.Contains(nameof(ManagedEngine), message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_can_ask_for_weights()
    {
        double[] weights = [.. Enumerable.Range(0, 50).Select(row => row + 0.5)];
        var training = new AutoencoderTraining(new AutoencoderTrainer(), Draw.Normal(50, 4).WithWeights(weights), new FitContext());
        var own = new double[training.TrainingRowCount];
        var kept = new double[training.ValidationRowCount];
        training.CopyTrainingWeights(0, own);
        training.CopyValidationWeights(0, kept);
        Assert.True(training.HasWeights);
        Assert.Equal(weights, own.Concat(kept).Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => training.CopyTrainingWeights(1, own));
        var plain = new AutoencoderTraining(new AutoencoderTrainer(), Draw.Normal(50, 4), new FitContext());
        plain.CopyTrainingWeights(0, own);
        Assert.All(own, weight => Assert.Equal(1, weight));
    }

    private static double Worst(float[] one, float[] other) => one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));

    private sealed record PlainEngine : AutoencoderEngine
    {
        protected internal override long EstimateMemory(AutoencoderTrainer trainer, IReadOnlyList<AutoencoderLayer> layers, int rows) => 0;

        protected internal override float[] Train(AutoencoderTraining training) => training.InitialWeights();
    }
}
