using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Tests;

public sealed class TrainingTests
{
    [Fact]
    public void Weights_are_the_same_at_any_thread_count_and_vector_width()
    {
        // Wide enough that a batch is cut into several chunks.
        var layout = Draw.Layout(NetworkActivation.Elu, NetworkActivation.Linear, 33, 160, 40, 160, 33);
        var plan = Draw.Plan() with { BatchSize = 500, MaxEpochs = 2, DropoutFraction = 0.1, InputNoise = 0.1, TrimmedFraction = 0.1, MaxGradientNorm = 0.5, WeightDecay = 0.01 };
        var rows = TrainingRows.Split(Draw.Plane(1700, 33), 0.1, 4, 1);
        var expected = Train(layout, plan, rows, VectorWidth.Scalar, 1);
        foreach (var kernel in (VectorWidth[])[VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512])
        {
            foreach (int threads in (int[])[1, 2, 5])
            {
                var actual = Train(layout, plan, rows, kernel, threads);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void A_network_learns_a_plane_and_scores_what_is_off_it()
    {
        var data = Draw.Plane(3000, 12);
        var detector = new AutoencoderTrainer { HiddenWidths = [8, 2, 8], Activation = NetworkActivation.Tanh, LearningRate = 0.01, MaxEpochs = 40 }.Fit(data);
        Assert.True(detector.History[^1].Loss < 0.2 * detector.History[0].Loss, $"Loss {detector.History[0].Loss} to {detector.History[^1].Loss}.");
        Assert.All(detector.History, epoch => Assert.NotNull(epoch.ValidationLoss));
        float[] normal = detector.Score(Draw.Plane(500, 12, seed: 2));
        float[] strange = detector.Score(Draw.Normal(500, 12, seed: 3));
        Assert.True(strange.Order().ElementAt(25) > normal.Order().ElementAt(475));
    }

    [Fact]
    public void Rows_that_fit_worst_do_not_teach_in_the_robust_mode()
    {
        // One row in twenty lies far away in a direction of its own: without the robust mode the network spends itself on them.
        var plane = Draw.Plane(2000, 10);
        var cells = plane.ContiguousCells(0).ToArray();
        for (int row = 0; row < 2000; row += 20)
        {
            for (int j = 0; j < 10; j++)
                cells[(row * 10) + j] = j % 3 == 0 ? 6 : -5;
        }

        var data = FeatureMatrix.Wrap(cells, 10);
        var trainer = new AutoencoderTrainer
        {
            HiddenWidths = [8, 2, 8],
            Activation = NetworkActivation.Tanh,
            LearningRate = 0.01,
            MaxEpochs = 40,
            Measure = ErrorMeasure.MeanSquare,
            MaxInputMagnitude = 1e6,
            Scaling = FeatureScaling.None,
        };
        double Ratio(double trimmed)
        {
            float[] scores = (trainer with { TrimmedFraction = trimmed }).Fit(data).Score(data);
            return scores.Where((_, row) => row % 20 == 0).Average() / scores.Where((_, row) => row % 20 != 0).Average();
        }

        Assert.True(Ratio(0.1) > 20 * Ratio(0), $"Strange rows' errors over the others' are {Ratio(0)} and, trimmed, {Ratio(0.1)}.");
    }

    [Fact]
    public void Trimming_takes_the_worst()
    {
        float[] errors = [5, 1, 9, 2, 7, 3, 8, 4, 6, 10];
        var marks = new float[10];
        Assert.Equal(8, TrimmedLoss.MarkTeaching(errors, 0.2, new float[10], marks));
        Assert.Equal([1, 1, 0, 1, 1, 1, 1, 1, 1, 0], marks);
        Assert.Equal(4.5, TrimmedLoss.Mean(errors, 0.2));
        Assert.Equal(5.5, TrimmedLoss.Mean(errors, 0));
        Assert.Equal(1, TrimmedLoss.Kept(1, 0.5));
    }

    [Fact]
    public void Early_stopping_keeps_the_weights_of_the_best_epoch()
    {
        var data = Draw.Normal(60, 8);
        var trainer = new AutoencoderTrainer
        {
            HiddenWidths = [64, 64],
            LearningRate = 0.02,
            MaxEpochs = 300,
            Patience = 5,
            ValidationFraction = 0.3,
            TrimmedFraction = 0,
            Measure = ErrorMeasure.MeanSquare,
            Seed = 1,
        };
        var stopped = trainer.Fit(data);
        Assert.True(stopped.History.Count < 300, "It did not stop.");
        int best = Enumerable.Range(0, stopped.History.Count).MinBy(i => stopped.History[i].ValidationLoss);
        Assert.Equal(stopped.History.Count - 6, best);
        var until = (trainer with { Patience = null, MaxEpochs = best + 1 }).Fit(data);
        Assert.Equal(until.Score(data), stopped.Score(data));
    }

    [Fact]
    public void Patience_without_validation_rows_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new AutoencoderTrainer { Patience = 3, ValidationFraction = 0 }.Fit(Draw.Normal(30, 3)));
        Assert.Contains("ValidationFraction", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Divergence_is_an_error_with_the_remedy()
    {
        var trainer = new AutoencoderTrainer { LearningRate = 10, Activation = NetworkActivation.Linear, MaxEpochs = 400, HiddenWidths = [64, 64, 64, 64, 64, 64, 64, 64], BatchSize = 2, MaxInputMagnitude = 1e6, Scaling = FeatureScaling.None, TrimmedFraction = 0 };
        var cells = Draw.Normal(200, 4).ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i++)
            cells[i] *= 1e6f;
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(FeatureMatrix.Wrap(cells, 4)));
        Assert.Contains("LearningRate", exception.Message, StringComparison.Ordinal);
        Assert.Contains("epoch", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedules_go_down()
    {
        var plan = Draw.Plan() with { MaxEpochs = 4, LearningRate = 1 };
        Assert.Equal([1, 1, 1, 1], Enumerable.Range(0, 4).Select(plan.RateOf));
        plan = plan with { Schedule = LearningRateSchedule.Linear };
        Assert.Equal([1, 0.75, 0.5, 0.25], Enumerable.Range(0, 4).Select(plan.RateOf));
        plan = plan with { Schedule = LearningRateSchedule.Cosine };
        Assert.Equal(1, plan.RateOf(0));
        Assert.Equal(0.5, plan.RateOf(2), 1e-12);
    }

    [Fact]
    public void Every_row_teaches_or_validates_once()
    {
        var split = TrainingRows.Split(Draw.Normal(101, 2), 0.25, 4, 9);
        Assert.Equal(25, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, 101), split.Training.Concat(split.Validation).Order());
        Assert.Empty(TrainingRows.Split(Draw.Normal(2, 2), 0.25, 4, 9).Validation);
    }

    [Fact]
    public void Progress_tells_losses()
    {
        var stages = new List<string>();
        var progress = new Collector(stages);
        new AutoencoderTrainer { MaxEpochs = 3 }.Fit(Draw.Normal(500, 4), new FitOptions { Progress = progress });
        Assert.Contains(stages, stage => stage.StartsWith("training, epoch 2 of 3 (loss ", StringComparison.Ordinal));
        Assert.Contains(stages, stage => stage.StartsWith("training, epoch 3 of 3 (loss ", StringComparison.Ordinal) && stage.Contains(", validation ", StringComparison.Ordinal));
    }

    private static float[] Train(NetworkLayout layout, TrainingPlan plan, TrainingRows rows, VectorWidth kernel, int threads) =>
        new NetworkTraining(layout, plan, rows, NetworkKernels.Resolve(kernel), new FitContext(new FitOptions { MaxDegreeOfParallelism = threads })).Run(new TrainingHistory(plan));

    private sealed class Collector(List<string> stages) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            lock (stages)
                stages.Add(value.Stage);
        }
    }
}
