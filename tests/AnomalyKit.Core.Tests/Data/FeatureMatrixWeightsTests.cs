namespace AnomalyKit.Core.Tests.Data;

public class FeatureMatrixWeightsTests
{
    private static readonly double[] Weights = [0, 1, 2.5, 3];

    private static FeatureMatrix Matrix => FeatureMatrix.Wrap((float[])[1, 2, 3, 4, 5, 6, 7, 8], new FeatureSchema(["a", "b"]), (bool[])[true, false, false, true]).WithWeights(Weights);

    [Fact]
    public void Weights_ride_along_as_labels_do()
    {
        var matrix = Matrix;
        Assert.True(matrix.HasWeights);
        Assert.Equal(Weights, matrix.Weights.ToArray());
        Assert.Equal([1, 2.5], matrix.Slice(1, 2).Weights.ToArray());
        Assert.Equal([3, 1, 3], matrix.SelectRows([3, 1, 3]).Weights.ToArray());
        Assert.Equal(Weights, matrix.SelectColumns("b").Weights.ToArray());
        Assert.Equal(Weights, matrix.WithSchema(new FeatureSchema(["x", "y"])).Weights.ToArray());
        Assert.Equal(Weights, matrix.WithLabels(default).Weights.ToArray());
        Assert.True(matrix.WithWeights(default).HasLabels);
        Assert.Equal("4 rows × 2 columns, labeled, weighted", matrix.ToString());
        Assert.Equal([true, false], matrix.Slice(0, 2).WithWeights((double[])[1, 4]).Labels.ToArray());
        var blocks = FeatureMatrix.WrapBlocks([new float[4], new float[2]], new FeatureSchema(["a", "b"])).WithWeights((double[])[1, 2, 3]);
        Assert.Equal([2, 3], blocks.Slice(1, 2).Weights.ToArray());
    }

    [Fact]
    public void No_weights_and_weights_of_no_rows_are_told_apart()
    {
        Assert.True(Matrix.Slice(2, 0).HasWeights);
        Assert.True(Matrix.SelectRows([]).HasWeights);
        Assert.False(Matrix.WithWeights(default).HasWeights);
        Assert.True(Matrix.WithWeights(default).Weights.IsEmpty);
        // A part may hold nothing but rows that do not count.
        Assert.Equal([0], Matrix.Slice(0, 1).Weights.ToArray());
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_refused_by_row_and_value()
    {
        Assert.Contains("Row 2 has the weight NaN", Refused([1, 0, double.NaN, 1]), StringComparison.Ordinal);
        Assert.Contains("Row 3 has the weight -1", Refused([1, 0, 0, -1]), StringComparison.Ordinal);
        Assert.Contains("Row 0 has the weight -Infinity", Refused([double.NegativeInfinity, 0, 0, 1]), StringComparison.Ordinal);
        Assert.Contains("All 4 weights are 0", Refused([0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("3 weights for 4 rows", Refused([1, 1, 1]), StringComparison.Ordinal);
        Assert.Contains("add up to infinity", Refused([double.MaxValue, double.MaxValue, 1, 1]), StringComparison.Ordinal);
    }

    private static string Refused(double[] weights) => Assert.Throws<ArgumentException>(() => Matrix.WithWeights(weights)).Message;
}
