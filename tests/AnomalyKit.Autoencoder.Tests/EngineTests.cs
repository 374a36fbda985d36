namespace AnomalyKit.Autoencoder.Tests;

/// <summary>The seam that other engines train through, used as a stranger's engine uses it.</summary>
public sealed class EngineTests
{
    [Fact]
    public void An_engine_gets_the_rows_and_gives_the_weights()
    {
        var data = Draw.Normal(50, 4);
        var engine = new Recorder { Script = [0.5, 0.25] };
        var detector = new AutoencoderTrainer { Engine = engine, HiddenWidths = [3, 2], ValidationFraction = 0.2, MaxInputMagnitude = 1, Scaling = FeatureScaling.None, Threshold = ThresholdRule.Fixed(1) }.Fit(data);
        Assert.Equal([(4, 3, NetworkActivation.Relu), (3, 2, NetworkActivation.Relu), (2, 4, NetworkActivation.Linear)], engine.Layers);
        Assert.Equal((40, 10), (engine.Training.Length / 4, engine.Validation.Length / 4));
        var clipped = data.ContiguousCells(0).ToArray().Select(cell => Math.Clamp(cell, -1, 1)).Order();
        Assert.Equal(clipped, engine.Training.Concat(engine.Validation).Order());
        Assert.Equal([0.5, 0.25], detector.History.Select(epoch => epoch.Loss));
        Assert.Equal([1.5, 1.25], detector.History.Select(epoch => epoch.ValidationLoss!.Value));

        // All weights are 0 and all biases 7, so the linear output is 7 whatever the row.
        var made = new float[8];
        detector.Reconstruct(data.ContiguousCells(0)[..8], made);
        Assert.Equal(Enumerable.Repeat(7f, 8), made);
    }

    [Fact]
    public void Early_stopping_works_whatever_the_engine_returns()
    {
        var engine = new Recorder { Script = [3, 1, 2, 2, 2, 2] };
        var detector = new AutoencoderTrainer { Engine = engine, Patience = 2, Scaling = FeatureScaling.None }.Fit(Draw.Normal(50, 4));
        Assert.Equal([3, 1, 2, 2], detector.History.Select(epoch => epoch.Loss));
        var made = new float[4];
        detector.Reconstruct(new float[4], made);
        Assert.Equal(Enumerable.Repeat(1f, 4), made);
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        var few = Assert.Throws<InvalidOperationException>(() => new AutoencoderTrainer { Engine = new Recorder { Script = [1], Missing = 1 } }.Fit(Draw.Normal(50, 4)));
        Assert.Contains("Recorder", few.Message, StringComparison.Ordinal);
        var diverged = Assert.Throws<InvalidOperationException>(() => new AutoencoderTrainer { Engine = new Recorder { Script = [double.NaN] } }.Fit(Draw.Normal(50, 4)));
        Assert.Contains("LearningRate", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_copied_whole_or_not_at_all()
    {
        var training = new AutoencoderTraining(new AutoencoderTrainer(), Draw.Normal(50, 4), new FitContext());
        Assert.Throws<ArgumentException>("destination", () => training.CopyTrainingRows(0, new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => training.CopyTrainingRows(44, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => training.CopyValidationRows(-1, new float[4]));
        Assert.Throws<ArgumentNullException>("weights", () => training.EndEpoch(1, null, null!));
    }

    [Fact]
    public void A_managed_fit_is_the_same_through_the_seam()
    {
        // What the managed engine starts from is what it tells other engines to start from.
        var training = new AutoencoderTraining(new AutoencoderTrainer { HiddenWidths = [3, 2, 3], Seed = 9 }, Draw.Normal(50, 4), new FitContext());
        var layout = training.Layout;
        Assert.Equal(Autoencoder.Training.InitialWeights.Draw(layout, 9), CompactParameters.Pad(layout, training.InitialWeights()));
    }

    /// <summary>Learns nothing: its losses follow a script, and its weights are 0 with biases that say which epoch they are from.</summary>
    private sealed record Recorder : AutoencoderEngine
    {
        public required double[] Script { get; init; }

        public int Missing { get; init; }

        public (int, int, NetworkActivation)[] Layers { get; private set; } = [];

        public float[] Training { get; private set; } = [];

        public float[] Validation { get; private set; } = [];

        protected internal override long EstimateMemory(AutoencoderTrainer trainer, IReadOnlyList<AutoencoderLayer> layers, int rows) => 0;

        protected internal override float[] Train(AutoencoderTraining training)
        {
            Layers = [.. training.Layers.Select(layer => (layer.InputCount, layer.OutputCount, layer.Activation))];
            Training = new float[training.TrainingRowCount * training.ColumnCount];
            training.CopyTrainingRows(0, Training);
            Validation = new float[training.ValidationRowCount * training.ColumnCount];
            training.CopyValidationRows(0, Validation);
            foreach (double loss in Script)
            {
                training.ReportEpoch(0.5);
                if (training.EndEpoch(loss, loss + 1, () => Weights(training, (float)loss)))
                    break;
            }

            return Weights(training, 7)[Missing..];
        }

        private static float[] Weights(AutoencoderTraining training, float bias) =>
            [.. training.Layers.SelectMany(layer => Enumerable.Repeat(0f, layer.InputCount * layer.OutputCount).Concat(Enumerable.Repeat(bias, layer.OutputCount)))];
    }
}
