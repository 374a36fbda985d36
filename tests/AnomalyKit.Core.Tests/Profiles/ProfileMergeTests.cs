using AnomalyKit.Numerics;
using Make = AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>A merged profile is one of all rows: parts count by the rows that they stand for, and not by the size of their samples.</summary>
public class ProfileMergeTests
{
    private const int Many = 200_000;
    private const int Few = 8_192;

    [Fact]
    public void Quantiles_are_those_of_all_rows()
    {
        float[] a = Normal(Many, 1, 0);
        float[] b = Normal(Few, 2, 5);
        var parts = (ReferenceProfile[])[Profile(a), Profile(b)];
        Assert.Equal(parts[0].Columns[0].SampledCount, parts[1].Columns[0].SampledCount);
        var merged = ReferenceProfile.Merge(parts);
        Assert.Equal(merged, ReferenceProfile.Merge(parts[1], parts[0]));
        // 8,192 of 208,192 rows in a sample that has one of 24.4 rows.
        long expected = Few + (long)Math.Round(Few * (double)Few / Many);
        Assert.Equal((Many + (long)Few, expected, expected), (merged.RowCount, (long)merged.SampleSize, merged.Columns[0].SampledCount));
        double[] all = [.. a.Concat(b).Select(value => (double)value).Order()];
        var sketch = merged.Columns[0].Sketch!;
        // Merging adds no more than the sketches' error to what sampling did to the large part.
        double[] large = [.. a.Select(value => (double)value).Order()];
        double sampling = Deviation(parts[0].Columns[0].Sketch!, large);
        double mergedOff = Deviation(sketch, all);
        Assert.InRange(mergedOff, 0, sampling + sketch.RankError);
        Assert.Equal(Few / (double)(Many + Few), 1 - sketch.Rank(3.3), 0.003);
        Assert.Equal((all[0], all[^1]), (merged.Columns[0].Minimum, merged.Columns[0].Maximum));
        Assert.InRange(merged.RankError, 0.018, 0.025);
    }

    [Fact]
    public void Scores_agree_with_the_fraction_of_alerts()
    {
        float[] a = Normal(Many, 3, 0);
        float[] b = Normal(50_000, 4, 5);
        var (first, second) = (Profile(a).WithScores(a, 3), Profile(b).WithScores(b, 3));
        Assert.Equal(first.Scores!.Count, second.Scores!.Count);
        var merged = ReferenceProfile.Merge(first, second);
        double expected = a.Concat(b).Average(score => score > 3 ? 1.0 : 0);
        Assert.Equal(expected, merged.AlertFraction!.Value, 12);
        Assert.Equal(expected, 1 - merged.Scores!.Rank(3), merged.Scores.RankError + 0.002);
    }

    [Fact]
    public void Levels_and_missing_cells_are_those_of_all_rows()
    {
        // One of 48.8 rows is sampled of the large part, and all 4,000 of the small one. Of its 10 rows with Bern, 0.2 are left.
        var parts = (ReferenceProfile[])[
            ReferenceProfile.Of(Words(Enumerable.Repeat("Rome", 400_000))),
            ReferenceProfile.Of(Words(Enumerable.Range(0, 4_000).Select(i => i < 10 ? "Bern" : i < 2000 ? "Oslo" : "Rome")))];
        var merged = ReferenceProfile.Merge(parts);
        Assert.Equal(merged, ReferenceProfile.Merge(parts[1], parts[0]));
        var city = merged["city"];
        double perRow = 8192 / 400_000.0;
        Assert.Equal(["Rome", "Oslo"], city.Levels);
        Assert.Equal([8192 + (long)Math.Round(2000 * perRow), (long)Math.Round(1990 * perRow)], city.LevelCounts);
        Assert.Equal(0, city.OtherCount);
        Assert.Equal(merged.SampleSize, city.SampledCount);
    }

    [Fact]
    public void Many_small_parts_count_as_much_as_one_of_their_size()
    {
        float[] b = Normal(2_000, 6, 5);
        // Each of 200 parts of 10 rows is worth less than half a row of the large sample.
        ReferenceProfile[] parts = [Profile(Normal(Many, 5, 0)), .. Enumerable.Range(0, 200).Select(i => Profile(b.AsSpan(10 * i, 10).ToArray()))];
        var merged = ReferenceProfile.Merge(parts);
        Assert.InRange(merged.SampleSize - Few - (2_000.0 * Few / Many), -0.5, 0.5);
        Assert.Equal(merged.SampleSize, merged.Columns[0].SampledCount);
        Assert.Equal(merged, ReferenceProfile.Merge(Enumerable.Reverse(parts)));
    }

    [Fact]
    public void A_merged_profile_merges_on()
    {
        var (a, b, c) = (Profile(Normal(Many, 7, 0)), Profile(Normal(Few, 8, 5)), Profile(Normal(Many, 9, 0)));
        var merged = ReferenceProfile.Merge(ReferenceProfile.Merge(a, b), c);
        Assert.Equal((2L * Many) + Few, merged.RowCount);
        Assert.Equal(Few / ((2.0 * Many) + Few), 1 - merged.Columns[0].Sketch!.Rank(3.3), 0.003);
        Assert.Equal(merged.SampleSize, merged.Columns[0].SampledCount);
    }

    [Fact]
    public void Parts_that_are_sampled_alike_keep_all_that_they_know()
    {
        var (a, b) = (Profile(Normal(20_000, 10, 0)), Profile(Normal(20_000, 11, 1)));
        var merged = ReferenceProfile.Merge(a, b);
        Assert.Equal(2 * Few, merged.SampleSize);
        Assert.Equal(QuantileSketch.Merge(a.Columns[0].Sketch!, b.Columns[0].Sketch!), merged.Columns[0].Sketch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(67)]
    [InlineData(700)]
    [InlineData(5000)]
    [InlineData(8191)]
    public void A_thinned_sketch_is_within_its_error(int count)
    {
        double[] values = [.. Normal(Few, 12, 0).Select(value => (double)value).Order()];
        var sketch = QuantileSketch.OfSorted<double>(values, 0, 768);
        var thinned = sketch.ThinnedTo(count);
        Assert.Equal(((long)count, values[0], values[^1]), (thinned.Count, thinned.Minimum, thinned.Maximum));
        // One value more for each shorter run at the end.
        Assert.InRange(thinned.KeptValues.Length, 1, sketch.KeptValues.Length + 13);
        Assert.Equal(count, thinned.CumulativeCounts.Span[^1]);
        // As good as its count and its kept values allow.
        Assert.InRange(thinned.RankError, 0.5 / count, (0.5 / count) + (2.5 / 768));
        for (int i = 0; i < values.Length; i += 7)
            Assert.Equal((i + 1) / (double)values.Length, thinned.Rank(values[i]), thinned.RankError + 1e-12);
    }

    /// <summary>The greatest difference of the ranks.</summary>
    private static double Deviation(QuantileSketch sketch, double[] sorted) =>
        sorted.Select((value, i) => Math.Abs(sketch.Rank(value) - ((i + 1.0) / sorted.Length))).Max();

    private static ReferenceProfile Profile(float[] values) => ReferenceProfile.Of(FeatureMatrix.Wrap(values, 1));

    private static FeatureTable Words(IEnumerable<string> words) => Make.Of(Make.Words("city", [.. words]));

    private static float[] Normal(int count, ulong stream, double shift)
    {
        var random = new CounterRandom(77, stream);
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(random.NextGaussian() + shift);
        return values;
    }
}
