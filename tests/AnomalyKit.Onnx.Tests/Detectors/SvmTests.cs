using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Detectors;

/// <summary>The score is ours: above 0 outside the boundary, and a row on the threshold is no anomaly.</summary>
public sealed class SvmTests
{
    [Theory]
    [InlineData("rbf")]
    [InlineData("linear")]
    [InlineData("polynomial")]
    [InlineData("sigmoid")]
    public void The_score_of_a_row_as_threshold_makes_no_anomaly_of_it(string kernel)
    {
        var trainer = TrainerOptions.With(new OneClassSvmTrainer { Scaling = FeatureScaling.Standard, Nu = 0.2 }, "Kernel", kernel);
        float[] row = SampleRows.Training.ContiguousCells(0, 1).ToArray();
        var fitted = trainer.Fit(SampleRows.Training);
        using var first = new OnnxRun(fitted.ToOnnx());
        float score = first.Run(row, SampleRows.Columns).Scores[0];
        using var second = new OnnxRun(fitted.WithThreshold((double)score).ToOnnx());
        using var third = new OnnxRun(fitted.WithThreshold((double)MathF.BitDecrement(score)).ToOnnx());
        Assert.False(second.Run(row, SampleRows.Columns).Labels[0]);
        Assert.True(third.Run(row, SampleRows.Columns).Labels[0]);
    }

    [Fact]
    public void Support_vectors_far_from_all_others_are_compared_by_differences()
    {
        float[] cells = [.. SampleRows.Ordinary(200, seed: 8)];
        cells[0] = 3e9f;
        cells[SampleRows.Columns] = 3e9f + 4096;
        var detector = new OneClassSvmTrainer { Scaling = FeatureScaling.None, Nu = 0.5, Kernel = SvmKernel.Rbf(1e-6) }.Fit(FeatureMatrix.Wrap(cells, SampleRows.Columns));
        Parity.Check(detector, cells);
    }
}
