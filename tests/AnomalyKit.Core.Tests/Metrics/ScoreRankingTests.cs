namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>The sort below all ranking metrics.</summary>
public class ScoreRankingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(50_000)]
    public void Sort_agrees_with_the_runtime_whatever_bytes_the_keys_share(int count)
    {
        var random = new Random(count);

        // Masks make every number of moving passes, odd and even, and gaps between them.
        foreach (uint mask in (uint[])[uint.MaxValue, 0x0000_00FF, 0xFF00_0000, 0x00FF_00FF, 0x00FF_FF00, 0xFFFF_FF00, 0x0101_0101, 0])
        {
            uint[] keys = new uint[count];
            for (int i = 0; i < count; i++)
                keys[i] = (uint)random.NextInt64(1L << 32) & mask;

            uint[] expected = [.. keys];
            Array.Sort(expected);
            ScoreKeySort.Sort(keys, new uint[count + 3]);
            Assert.Equal(expected, keys);
        }
    }

    [Fact]
    public void Keys_order_and_restore_every_kind_of_float()
    {
        float[] falling =
        [
            float.PositiveInfinity, float.MaxValue, 1e10f, MathF.BitIncrement(1), 1, 0.5f, 1.17549435e-38f, float.Epsilon,
            0, -float.Epsilon, -0.5f, -1, float.MinValue, float.NegativeInfinity,
        ];
        uint[] keys = Array.ConvertAll(falling, ScoreKey.FromScore);
        for (int i = 1; i < keys.Length; i++)
            Assert.True(keys[i - 1] < keys[i], $"{falling[i - 1]} before {falling[i]}");
        Assert.Equal(falling, Array.ConvertAll(keys, ScoreKey.ToScore));
        Assert.Equal(ScoreKey.FromScore(0f), ScoreKey.FromScore(-0f));
    }

    [Fact]
    public void Groups_hold_ties_of_both_classes_and_what_is_above()
    {
        ScoreRanking ranking = ScoreRanking.Create([false, true, false, true, false], [1, 1, 2, 0.5f, 1]);
        List<ScoreGroup> groups = [];
        foreach (ScoreGroup group in ranking)
            groups.Add(group);

        Assert.Equal([new(2, 0, 1, 0, 0), new(1, 1, 2, 0, 1), new(0.5f, 1, 0, 1, 3)], groups);
        Assert.Equal(3, ranking.CountGroups());
        Assert.Equal((2, 3), (ranking.Anomalies, ranking.Normals));
    }
}
