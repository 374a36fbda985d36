using AnomalyKit.Onnx.Tests.Support;

namespace AnomalyKit.Onnx.Tests.Detectors;

/// <summary>Copies, ties and large offsets, where neighbors are easily found wrong.</summary>
public sealed class NeighborTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(12)]
    public void Ten_equal_rows_and_one_beside_them(int neighbors)
    {
        float[] cells = [.. Enumerable.Repeat(1f, 20), 2, 2, 2, 3, 3, 3, 4, 4, -1, 0];
        var rows = FeatureMatrix.Wrap(cells, 2);
        float[] queries = [1, 1, 1, 1.0001f, MathF.BitIncrement(1), 1, 2, 2, 0, 0, 1e6f, -3];
        Parity.Check(new LocalOutlierFactorTrainer { Neighbors = neighbors, Scaling = FeatureScaling.None }.Fit(rows), queries);
        foreach (var distance in Enum.GetValues<NeighborDistance>())
            Parity.Check(new NearestNeighborsTrainer { Neighbors = neighbors, Scaling = FeatureScaling.None, Distance = distance }.Fit(rows), queries);
    }

    [Fact]
    public void Of_equally_far_rows_the_first_ones_are_taken()
    {
        // A grid: every row has four neighbors at the same distance, of different densities.
        float[] cells = [.. Enumerable.Range(0, 81).SelectMany(i => (float[])[i % 9, (i / 9) + (i % 9 == 0 ? 0.25f : 0)])];
        var detector = new LocalOutlierFactorTrainer { Neighbors = 3, Scaling = FeatureScaling.None }.Fit(FeatureMatrix.Wrap(cells, 2));
        float[] between = [.. cells.Select(cell => cell + 0.5f)];
        Parity.Check(detector, [.. cells, .. between]);
    }

    [Theory]
    [InlineData("nearest-neighbors")]
    [InlineData("local-outlier-factor")]
    public void A_large_common_offset_cancels_nowhere(string name)
    {
        float[] cells = [.. Enumerable.Range(0, 300).Select(i => 1_000_000f + (i * 7919 % 301 / 16f))];
        var detector = TrainerOptions.With(DetectorTrainers.Create(name), "Scaling", "none").Fit(FeatureMatrix.Wrap(cells, 3));
        Parity.Check(detector, [.. cells, 1_000_000, 1_000_020, 999_999, 1_000_000.0625f, 0, 1e12f]);
    }

    [Fact]
    public void A_row_alone_scores_as_it_does_among_others_to_the_bit()
    {
        var detector = new LocalOutlierFactorTrainer().Fit(SampleRows.Training);
        float[] rows = SampleRows.Mixed();
        using var run = new OnnxRun(detector.ToOnnx());
        float[] together = run.Run(rows, SampleRows.Columns).Scores;
        for (int row = 0; row < together.Length; row += 7)
            Assert.Equal(together[row], run.Run(rows.AsSpan(row * SampleRows.Columns, SampleRows.Columns).ToArray(), SampleRows.Columns).Scores[0]);
    }
}
