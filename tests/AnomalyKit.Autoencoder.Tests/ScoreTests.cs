using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Tests;

public sealed class ScoreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(33)]
    public void Reconstructions_are_the_textbook_network_s(int columns)
    {
        var data = Draw.Normal(200, columns);
        foreach (var activation in Enum.GetValues<NetworkActivation>())
        {
            var detector = new AutoencoderTrainer { Activation = activation, Scaling = FeatureScaling.None, MaxEpochs = 3, MaxInputMagnitude = 2 }.Fit(data);
            var made = new float[200 * columns];
            detector.Reconstruct(data.ContiguousCells(0), made);
            var network = detector.Model.Network;
            double[] parameters = Array.ConvertAll(network.Parameters.ToArray(), value => (double)value);
            for (int row = 0; row < 200; row += 37)
            {
                double[] cells = Array.ConvertAll(data.Cells(row).ToArray(), cell => Math.Clamp((double)cell, -2, 2));
                double[] expected = Naive.Map(network.Layout, parameters, cells);
                for (int j = 0; j < columns; j++)
                    Assert.Equal(expected[j], made[(row * columns) + j], 1e-5);
            }
        }
    }

    [Fact]
    public void Scores_are_mean_squared_errors_where_asked_for()
    {
        var data = Draw.Normal(100, 9);
        var detector = new AutoencoderTrainer { Measure = ErrorMeasure.MeanSquare, MaxEpochs = 2 }.Fit(data);
        Assert.Equal(ErrorMeasure.MeanSquare, detector.Measure);
        var errors = new float[900];
        detector.ReconstructionErrors(data.ContiguousCells(0), errors);
        float[] scores = detector.Score(data);
        for (int row = 0; row < 100; row++)
            Assert.Equal(errors.AsSpan(row * 9, 9).ToArray().Sum(error => (double)error * error) / 9, scores[row], 1e-5 * scores[row]);
    }

    [Fact]
    public void Whitened_scores_of_ordinary_rows_are_about_one()
    {
        var data = Draw.Plane(4000, 12);
        var detector = new AutoencoderTrainer { TrimmedFraction = 0 }.Fit(data);
        Assert.Equal(ErrorMeasure.Whitened, detector.Measure);

        // S is that of the best-fitting 95 %, so the mean over all rows lies a little above one.
        Assert.InRange(detector.Score(data).Average(), 0.95, 1.3);
    }

    [Fact]
    public void Whitening_undoes_the_scale_of_errors()
    {
        // Two columns that nothing foretells, of a hundred times the spread of the others' errors, hide what is wrong with the others but for the whitening.
        var plane = Draw.Plane(3000, 12);
        var noise = Draw.Normal(3000, 2, seed: 9);
        var cells = new float[3000 * 14];
        for (int row = 0; row < 3000; row++)
        {
            plane.Cells(row).CopyTo(cells.AsSpan(row * 14));
            noise.Cells(row).CopyTo(cells.AsSpan((row * 14) + 12));
        }

        var labels = new bool[3000];
        for (int row = 0; row < 3000; row += 50)
        {
            labels[row] = true;
            cells[(row * 14) + (row / 50 % 12)] += 1.5f;
        }

        var data = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(14), labels);
        var trainer = new AutoencoderTrainer { HiddenWidths = [8, 2, 8], Activation = NetworkActivation.Tanh, LearningRate = 0.01, MaxEpochs = 40, Scaling = FeatureScaling.None };
        double whitened = DetectionMetrics.AveragePrecision(labels, trainer.Fit(data).Score(data));
        double plain = DetectionMetrics.AveragePrecision(labels, (trainer with { Measure = ErrorMeasure.MeanSquare }).Fit(data).Score(data));
        Assert.True(whitened > 0.9 && plain < 0.6, $"Average precision {whitened} whitened, {plain} plain.");
    }

    [Fact]
    public void Many_columns_are_measured_one_by_one()
    {
        var data = Draw.Normal(150, ErrorWhitening.MostCorrelatedColumns + 1);
        var detector = new AutoencoderTrainer { HiddenWidths = [8], MaxEpochs = 2 }.Fit(data);
        Assert.True(detector.Model.Whitening!.IsDiagonal);
        Assert.InRange(detector.Score(data).Average(), 0.8, 1.3);
        using var stream = new MemoryStream();
        detector.Save(stream);
        stream.Position = 0;
        Assert.Equal(detector.Score(data), AutoencoderDetector.Load(stream).Score(data));
    }

    [Fact]
    public void Every_kernel_gives_the_same_scores()
    {
        var data = Draw.Normal(300, 21);
        var detector = new AutoencoderTrainer { MaxEpochs = 2 }.Fit(data);
        foreach (var kernel in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512])
            Assert.Equal(detector.Score(data), new AutoencoderDetector(detector.Frame, detector.Model, NetworkKernels.Resolve(kernel)).Score(data));
    }

    [Theory]
    [InlineData(1, NetworkActivation.Linear)]
    [InlineData(3, NetworkActivation.Sigmoid)]
    [InlineData(17, NetworkActivation.Tanh)]
    [InlineData(30, NetworkActivation.Linear)]
    [InlineData(140, NetworkActivation.Sigmoid)]
    [InlineData(ErrorWhitening.MostCorrelatedColumns + 1, NetworkActivation.Linear)]
    public void A_row_alone_has_the_bits_of_a_row_among_others(int columns, NetworkActivation output)
    {
        // Few rows go one by one and many by panels. The last rows overflow on the way.
        var data = Draw.Normal(110, columns);
        float[] cells = data.ContiguousCells(0).ToArray();
        cells.AsSpan(108 * columns).Fill(float.MaxValue);
        cells.AsSpan(109 * columns)[0] = float.MinValue;
        foreach (var measure in Enum.GetValues<ErrorMeasure>())
        {
            var fitted = new AutoencoderTrainer { MaxEpochs = 1, Measure = measure, OutputActivation = output }.Fit(data);
            foreach (var kernel in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Lanes128, VectorWidth.Lanes256, VectorWidth.Lanes512])
            {
                var detector = new AutoencoderDetector(fitted.Frame, fitted.Model, NetworkKernels.Resolve(kernel));
                var scores = new float[110];
                detector.Score(cells, scores);
                for (int row = 0; row < 110; row++)
                    Assert.Equal(scores[row], detector.Score(cells.AsSpan(row * columns, columns)));
                Assert.All(scores, score => Assert.True(float.IsFinite(score)));
            }
        }
    }

    [Fact]
    public void What_the_network_does_not_see_still_counts()
    {
        var detector = new AutoencoderTrainer().Fit(Draw.Normal(500, 3));
        float[] scores = [.. ((float[])[4, 8, 16, 1000]).Select(x => detector.Score([x, 0, 0]))];
        Assert.Equal(scores.Order(), scores);
        Assert.True(scores[3] > 1000 * scores[0]);
    }

    [Theory]
    [InlineData(0, "standard")]
    [InlineData(0, "robust")]
    [InlineData(0, "min-max")]
    [InlineData(7, "standard")]
    [InlineData(7, "robust")]
    [InlineData(-1e6f, "standard")]
    [InlineData(-1e6f, "robust")]
    public void A_column_that_was_constant_in_training_shows_any_other_value(float constant, string scaling)
    {
        // Nearest neighbours on standardised columns score the distance from the constant, here 20 and 10,000; a squared error has their squares.
        var cells = Draw.Normal(400, 5).ContiguousCells(0).ToArray();
        for (int row = 0; row < 400; row++)
            cells[(row * 5) + 3] = constant;
        var data = FeatureMatrix.Wrap(cells, 5);
        var recipe = scaling switch { "robust" => FeatureScaling.Robust, "min-max" => FeatureScaling.MinMax, _ => FeatureScaling.Standard };
        foreach (var measure in Enum.GetValues<ErrorMeasure>())
        {
            foreach (int rows in (int[])[1, 3, 100])
            {
                // Of one row, by rows; of three and more, by panels.
                var detector = new AutoencoderTrainer { Scaling = recipe, Measure = measure }.Fit(data);
                float largest = detector.Score(data).Max();
                float[] Scores(float deviation)
                {
                    var broken = cells.AsSpan(0, 5 * rows).ToArray();
                    for (int row = 0; row < rows; row++)
                        broken[(row * 5) + 3] = constant + deviation;
                    var scores = new float[rows];
                    detector.Score(broken, scores);
                    return scores;
                }

                float[] near = Scores(20);
                float[] far = Scores(10_000);
                Assert.All(near, score => Assert.True(score > 10 * largest, $"{measure}: {score} at 20; training rows reach {largest}."));
                for (int row = 0; row < rows; row++)
                    Assert.True(far[row] > 1e5 * near[row], $"{measure}: {near[row]} at 20, {far[row]} at 10,000.");
            }
        }
    }

    [Fact]
    public void Reconstructing_refuses_what_scoring_refuses()
    {
        var detector = new AutoencoderTrainer().Fit(Draw.Normal(50, 3));
        Assert.Throws<ArgumentException>("values", () => detector.Reconstruct(new float[4], new float[4]));
        Assert.Throws<ArgumentException>("reconstructions", () => detector.Reconstruct(new float[6], new float[3]));
        Assert.Throws<ArgumentException>("errors", () => detector.ReconstructionErrors(new float[6], new float[3]));
        Assert.Throws<FeatureDataException>(() => detector.ReconstructionErrors([1, float.NaN, 1], new float[3]));
    }
}
