using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests;

/// <summary>Every detector on robustly whitened rows: its own Load reads the file, and rows that break what all training rows keep are the plainest anomalies.</summary>
public sealed class WhitenedModels
{
    private static readonly Dictionary<string, (IDetectorTrainer Trainer, Func<Stream, IAnomalyDetector> Load)> Kinds = new()
    {
        ["autoencoder"] = (new AutoencoderTrainer { Scaling = new RobustWhitening() }, file => AutoencoderDetector.Load(file)),
        ["elliptic-envelope"] = (new EllipticEnvelopeTrainer { Scaling = new RobustWhitening() }, file => EllipticEnvelopeDetector.Load(file)),
        ["isolation-forest"] = (new IsolationForestTrainer { Scaling = new RobustWhitening() }, file => IsolationForestDetector.Load(file)),
        ["local-outlier-factor"] = (new LocalOutlierFactorTrainer { Scaling = new RobustWhitening() }, file => LocalOutlierFactorDetector.Load(file)),
        ["nearest-neighbors"] = (new NearestNeighborsTrainer { Scaling = new RobustWhitening() }, file => NearestNeighborsDetector.Load(file)),
        ["one-class-svm"] = (new OneClassSvmTrainer { Scaling = new RobustWhitening() }, file => OneClassSvmDetector.Load(file)),
    };

    public static TheoryData<string> Detectors => new(Kinds.Keys);

    // The forest splits columns; what it makes of a column that was constant in training is its own matter.
    public static TheoryData<string> Measuring => new(Kinds.Keys.Where(kind => kind != "isolation-forest"));

    [Theory]
    [MemberData(nameof(Detectors))]
    public void A_detectors_own_Load_reads_a_whitened_model(string kind)
    {
        var data = Sums(300);
        var fitted = Kinds[kind].Trainer.Fit(data);
        using var stream = new MemoryStream();
        fitted.Save(stream);
        stream.Position = 0;
        var loaded = Kinds[kind].Load(stream);
        Assert.Equal(fitted.Score(data), loaded.Score(data));
        var transform = Assert.IsType<WhiteningTransform>(loaded.Frame.Transform);
        Assert.Equal(fitted.Frame.Transform, transform);
        Assert.Equal(2, transform.Findings.Count);
    }

    [Theory]
    [MemberData(nameof(Measuring))]
    public void A_row_that_breaks_a_relation_or_a_constant_outscores_every_training_row(string kind)
    {
        var data = Sums(400);
        var fit = Kinds[kind].Trainer.FitAndScore(data);
        var (fitted, training) = (fit.Detector, fit.TrainingScores.ToArray());
        float highest = training.Max();
        float kept = fitted.Score([30, 40, 70, 20]);
        Assert.InRange(kept, training.Min() - 0.1f, highest);
        foreach (float[] row in (float[][])[[30, 40, 700, 20], [30, 90, 70, 20], [30, 40, 70, 10_000], [30, 40, 70, 21]])
        {
            float score = fitted.Score(row);
            Assert.True(score > highest, $"{string.Join(", ", row)} scores {score}; the highest training row scores {highest}.");
        }

        // A radial kernel is 0 far away: nothing scores higher than that, so only the others tell how far.
        if (kind != "one-class-svm")
        {
            Assert.True(fitted.Score([30, 40, 700, 20]) > 100 * highest);
            Assert.True(fitted.Score([30, 40, 70, 10_000]) > fitted.Score([30, 40, 70, 2000]));
            Assert.True(fitted.Score([30, 40, 70, 2000]) > fitted.Score([30, 40, 70, 40]));
        }
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("min-max")]
    [InlineData("robust")]
    public void Nearest_neighbours_on_scaled_columns_show_how_far_a_constant_has_changed(string scaling)
    {
        var trainer = new NearestNeighborsTrainer
        {
            Scaling = scaling switch
            {
                "standard" => FeatureScaling.Standard,
                "min-max" => FeatureScaling.MinMax,
                _ => FeatureScaling.Robust,
            },
        };
        var fitted = trainer.Fit(Sums(400));
        Assert.Equal(9980, fitted.Score([30, 40, 70, 10_000]), 1.0);
        var whitened = (trainer with { Scaling = new RobustWhitening() }).Fit(Sums(400));
        Assert.True(whitened.Score([30, 40, 70, 10_000]) >= 9980);
    }

    /// <summary>Rows (a, b, a + b, 20) of whole numbers.</summary>
    private static FeatureMatrix Sums(int rows)
    {
        var random = new CounterRandom(3);
        var cells = new float[rows * 4];
        for (int row = 0; row < rows; row++)
        {
            int a = (int)(100 * random.NextDouble());
            int b = (int)(100 * random.NextDouble());
            float[] target = [a, b, a + b, 20];
            target.CopyTo(cells, row * 4);
        }

        return FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "total", "constant"]));
    }
}
