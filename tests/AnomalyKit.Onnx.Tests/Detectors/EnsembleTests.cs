using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Detectors;

/// <summary>Every way to combine, every way to bring members to one scale.</summary>
public sealed class EnsembleTests
{
    private static readonly EnsembleTrainer Trainer = new()
    {
        Members =
        [
            new("forest", new IsolationForestTrainer { TreeCount = 25 }),
            new("envelope", new EllipticEnvelopeTrainer()) { Weight = 2 },
            new("neighbors", new NearestNeighborsTrainer { Scaling = FeatureScaling.Robust }),
            new("svm", new OneClassSvmTrainer()) { Weight = 0.5 },
            new("factor", new LocalOutlierFactorTrainer { Calibration = ScoreCalibration.Rank() }),
        ],
    };

    [Theory]
    [InlineData("mean", "robust-z", "none")]
    [InlineData("maximum", "z-score", "standard")]
    [InlineData("median", "rank", "robust")]
    [InlineData("trimmed-mean:0.25", "min-max", "none")]
    [InlineData("average-of-maximum:2,7", "gaussian:surprisal", "robust-whitening")]
    [InlineData("maximum-of-average:3,1", "gamma", "none")]
    [InlineData("votes", "none", "none")]
    [InlineData("mean", "log-z-score", "min-max")]
    [InlineData("mean", "none", "none")]
    [InlineData("median", "rank:surprisal", "none")]
    [InlineData("mean-and-surprisal", "log-z-score", "none")]
    [InlineData("mean-and-surprisal:0.01,3", "robust-z", "standard")]
    [InlineData("mean-and-surprisal:0.005,2", "z-score", "none")]
    [InlineData("mean-and-surprisal", "none", "none")]
    public void An_ensemble_scores_in_the_runtime_as_it_does_here(string combiner, string calibration, string scaling)
    {
        var trainer = TrainerOptions.With(Trainer, [$"Combiner={combiner}", $"MemberCalibration={calibration}", $"Scaling={scaling}"]);
        // Farther out all reference rows are equally far but for rounding, and which ones count as the nearest is decided by it.
        Parity.Check(trainer.Fit(SampleRows.Training), SampleRows.Mixed(most: 1e7f));
    }

    [Fact]
    public void Members_scores_are_given_in_their_order()
    {
        var detector = Trainer.Fit(SampleRows.Training);
        float[] rows = SampleRows.Ordinary(50, seed: 6);
        var model = detector.ToOnnx(new OnnxOptions { IncludeMemberScores = true });
        using var run = new OnnxRun(model);
        float[] members = run.Run(rows, SampleRows.Columns).Members!;
        Assert.Equal(new OnnxTensor("member_scores", OnnxElementType.SinglePrecision, 5), model.Outputs[^1]);
        for (int row = 0; row < 50; row++)
        {
            var expected = detector.Explain(rows.AsSpan(row * SampleRows.Columns, SampleRows.Columns));
            for (int m = 0; m < 5; m++)
                Assert.InRange(members[(row * 5) + m], expected[m].Score - (1e-4f * Math.Abs(expected[m].Score)), expected[m].Score + (1e-4f * Math.Abs(expected[m].Score)));
        }
    }

    [Fact]
    public void Ensembles_within_ensembles_work()
    {
        var inner = new EnsembleTrainer { Members = [new("a", new IsolationForestTrainer { TreeCount = 5 }), new("b", new EllipticEnvelopeTrainer())], Scaling = FeatureScaling.Standard };
        var outer = new EnsembleTrainer { Members = [new("inner", inner), new("c", new NearestNeighborsTrainer())], Combiner = ScoreCombiner.Maximum };
        Parity.Check(outer.Fit(SampleRows.Training), SampleRows.Mixed());
    }

    [Fact]
    public void A_member_of_another_kind_is_refused_by_name()
    {
        var strange = new StrangeDetector(new IsolationForestTrainer { TreeCount = 2 }.Fit(SampleRows.Training));
        var detector = new EnsembleTrainer { Members = [new("a", new IsolationForestTrainer { TreeCount = 5 }), EnsembleMember.Fitted("odd", strange)] }.Fit(SampleRows.Training);
        var exception = Assert.Throws<OnnxExportException>(() => detector.ToOnnx());
        Assert.StartsWith("Member 'odd': The detector is of kind", exception.Message, StringComparison.Ordinal);
        Assert.Throws<OnnxExportException>(() => strange.ToOnnx());
    }
}
