using AnomalyKit.Persistence;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Scores;

public sealed class ScoreSketchTests
{
    [Property(MaxTest = 100)]
    public void Every_order_and_grouping_of_the_parts_gives_the_sketch_of_the_whole(int seed)
    {
        var random = new Random(seed);
        float[][] parts = [Scores(random, random.Next(200)), [], [.. Enumerable.Repeat(0.5f, 20)], [float.NaN, float.PositiveInfinity, -0f, 0f, float.NegativeInfinity], Scores(random, 50)];
        byte[] whole = Bytes(Sketch([.. parts.SelectMany(part => part)]));
        for (int i = 0; i < 10; i++)
        {
            var sketches = parts.Select(part => Sketch(part)).ToList();
            while (sketches.Count > 1)
            {
                // Any two are put together, in either order.
                random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sketches));
                sketches[0] = i % 2 == 0 ? ScoreSketch.Merge(sketches[0], sketches[^1]) : Again(ScoreSketch.Merge(Again(sketches[^1]), sketches[0]));
                sketches.RemoveAt(sketches.Count - 1);
            }

            Assert.Equal(whole, Bytes(sketches[0]));
            Assert.Equal(Sketch([.. parts.SelectMany(part => part)]), sketches[0]);
        }
    }

    [Property(MaxTest = 100)]
    public void Order_statistics_are_off_by_no_more_than_the_error(int seed)
    {
        var random = new Random(seed);
        float[] scores = Scores(random, 1 + random.Next(5000));
        var (values, counts) = Sketch(scores).Weighted();
        Assert.Equal(scores.Length, counts.Sum());
        Array.Sort(scores);
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < (int)counts[i]; j++, at++)
                Assert.True(Math.Abs(values[i] - scores[at]) <= Math.Max(ScoreSketch.RelativeError * Math.Abs(scores[at]), Math.Pow(2, -139)), $"{values[i]:R} for {scores[at]:R}");
        }

        Assert.Equal(scores[0], values[0]);
        Assert.Equal(scores[^1], values[^1]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Rules_find_their_thresholds_within_the_error(int count)
    {
        var random = new Random(count);
        float[] scores = [.. Enumerable.Range(0, count).Select(_ => (float)Math.Exp(random.NextDouble() * 3) / 40)];
        var (values, counts) = Sketch(scores).Weighted();
        foreach (var rule in new[] { ThresholdRule.Contamination(0.01), ThresholdRule.Quantile(0.97), ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.InterquartileRange() })
        {
            double exact = rule.Resolve(scores);
            Assert.InRange(rule.Resolve(values, counts), exact - (8 * ScoreSketch.RelativeError * Math.Abs(exact)), exact + (8 * ScoreSketch.RelativeError * Math.Abs(exact)));
        }
    }

    [Fact]
    public void Scores_that_are_alone_or_equal_are_exact()
    {
        var (values, counts) = Sketch(3f, 1f, 2f, 2f, 2f, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(3f) + 5)).Weighted();
        Assert.Equal([1f, 2f, 3f, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(3f) + 5)], values);
        Assert.Equal([1.0, 3, 1, 1], counts);
    }

    [Fact]
    public void What_is_no_number_is_counted_apart()
    {
        var sketch = Sketch(float.NaN, 1f, float.PositiveInfinity, -0f, float.NegativeInfinity, float.NaN, 0f);
        Assert.Equal((7, 2, 1, 1, 2), (sketch.Count, sketch.NaNCount, sketch.PositiveInfinityCount, sketch.NegativeInfinityCount, sketch.BinCount));
        Assert.Equal([float.NegativeInfinity, 0f, 1f, float.PositiveInfinity], sketch.Weighted().Scores);
        Assert.Equal(2, sketch.CountAbove(0.5));
        Assert.Empty(new ScoreSketch().Weighted().Scores);
    }

    [Fact]
    public void Damaged_content_is_refused()
    {
        byte[] bytes = Bytes(Sketch(Scores(new Random(1), 300)));
        var random = new Random(2);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 + random.Next(255));
            Assert.Throws<ModelFormatException>(() => ScoreSketch.Load(new MemoryStream(i % 2 == 0 ? damaged : bytes[..random.Next(bytes.Length)])));
        }
    }

    private static float[] Scores(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(4) switch
    {
        0 => (float)random.NextDouble(),
        1 => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-44, 38))),
        2 => random.Next(5),
        _ => 0.5f + (random.Next(100) * 1e-6f),
    })];

    private static ScoreSketch Sketch(params float[] scores)
    {
        var sketch = new ScoreSketch();
        sketch.Add(scores);
        return sketch;
    }

    private static byte[] Bytes(ScoreSketch sketch)
    {
        using var stream = new MemoryStream();
        sketch.Save(stream);
        return stream.ToArray();
    }

    private static ScoreSketch Again(ScoreSketch sketch) => ScoreSketch.Load(new MemoryStream(Bytes(sketch)));
}
