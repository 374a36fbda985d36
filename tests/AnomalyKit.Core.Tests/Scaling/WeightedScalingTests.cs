using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Scaling;

/// <summary>A scaling of weighted rows is that of the rows repeated as often as the weights say.</summary>
public class WeightedScalingTests
{
    private static readonly FeatureScaling[] Scalings = [FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.MinMax, FeatureScaling.Robust];

    [Property(MaxTest = 60)]
    public void Whole_weights_are_repetitions(ulong seed, ushort size)
    {
        var random = new CounterRandom(seed);
        int rows = 1 + (size % 200);
        var cells = new float[rows * 3];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = i % 3 == 0 ? random.NextInt32(4) : (float)(100 + (10 * random.NextDouble()));
        var weights = new double[rows];
        for (int row = 0; row < rows; row++)
            weights[row] = 1 + random.NextInt32(5);
        var data = FeatureMatrix.Wrap(cells, 3);
        int[] repeated = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        foreach (var scaling in Scalings)
        {
            Assert.True(scaling.AcceptsWeights);
            if (scaling.Fit(data.WithWeights(weights), new FitContext()) is not ColumnScaling actual)
                continue;
            var expected = Assert.IsType<ColumnScaling>(scaling.Fit(data.SelectRows(repeated), new FitContext()));
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(expected.Centers[j], actual.Centers[j], 1e-9);
                Assert.Equal(expected.Scales[j], actual.Scales[j], 1e-9);
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var random = new CounterRandom(4);
        var cells = new float[20_000 * 2];
        var weights = new double[20_000];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextDouble();
        for (int i = 0; i < weights.Length; i++)
            weights[i] = 3 * random.NextDouble();
        var data = FeatureMatrix.Wrap(cells, 2).WithWeights(weights);
        foreach (var scaling in Scalings)
        {
            var expected = scaling.Fit(data, new FitContext(new FitOptions { MaxDegreeOfParallelism = 1 }));
            Assert.Equal(expected, scaling.Fit(data, new FitContext(new FitOptions { MaxDegreeOfParallelism = 5 })));
        }
    }

    [Fact]
    public void A_constant_column_has_no_deviation_whatever_the_weights()
    {
        var random = new CounterRandom(5);
        for (int trial = 0; trial < 200; trial++)
        {
            float value = (float)(random.NextDouble() - 0.5) * 1000;
            double[] weights = [.. Enumerable.Range(0, 1 + trial).Select(_ => random.NextDouble() + 1e-3)];
            var data = FeatureMatrix.Wrap(weights.Select(_ => value).ToArray(), 1).WithWeights(weights);
            var scaling = Assert.IsType<ColumnScaling>(FeatureScaling.Standard.Fit(data, new FitContext()));
            Assert.Equal((value, 1), (scaling.Centers[0], scaling.Scales[0]));
        }
    }
}
