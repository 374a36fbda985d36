namespace AnomalyKit.IsolationForest.Tests;

public class AveragePathLengthTests
{
    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 1.0)]
    [InlineData(3, 5.0 / 3)]
    [InlineData(4, 13.0 / 6)]
    [InlineData(5, 77.0 / 30)]
    [InlineData(10, 4861.0 / 1260)]
    public void Small_values_are_exact(int n, double expected) => Assert.Equal(expected, new AveragePathLength(256).Of(n), 1e-14);

    // c(n) = 2 (H(n) − 1); H(n) by the Euler–Maclaurin expansion, which at these n is exact to double precision.
    [Theory]
    [InlineData(256)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    [InlineData(16_777_216)]
    public void Large_values_follow_the_expansion_of_harmonic_numbers(int n)
    {
        double square = (double)n * n;
        double harmonic = Math.Log(n) + 0.57721566490153286061 + (1.0 / (2 * n)) - (1 / (12 * square)) + (1 / (120 * square * square));
        foreach (int table in (int[])[2, 256, 1 << 20])
            Assert.Equal(2 * (harmonic - 1), new AveragePathLength(table).Of(n), 1e-9);
    }

    [Fact]
    public void The_size_of_the_table_changes_no_bit()
    {
        var small = new AveragePathLength(2);
        var large = new AveragePathLength(1 << 24);
        foreach (int n in (int[])[1, 2, 255, 256, 257, 511, 512, 4095, 4096, 4097, 8191, 8192, 8193, 70_000])
            Assert.Equal(BitConverter.DoubleToInt64Bits(small.Of(n)), BitConverter.DoubleToInt64Bits(large.Of(n)));
    }
}
