using AnomalyKit.Numerics;
using Make = AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>What a profile remembers of matrices and tables.</summary>
public class ProfileTests
{
    [Fact]
    public void A_column_of_a_matrix_is_remembered_in_its_values()
    {
        var schema = new FeatureSchema(["time", "plain", "kind"], [1e9, 0, 0]).WithCategories(new Dictionary<string, int> { ["kind"] = 3 }).WithMissing("plain");
        float[] cells = [0, 1, 0, 1, float.NaN, 0, 2, 3, 2, 3, 3, 3];
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(cells, schema));
        Assert.Equal((4L, 4), (profile.RowCount, profile.SampleSize));
        var time = profile["time"];
        Assert.Equal((ColumnKind.Number, 1e9, 1e9 + 3, 4, 0.0), (time.Kind, time.Minimum, time.Maximum, time.DistinctCount, time.MissingFraction));
        Assert.Equal([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], time.Sketch!.KeptValues.ToArray());
        var plain = profile["plain"];
        Assert.Equal((0.25, 3L, 2), (plain.MissingFraction, plain.SampledCount, plain.DistinctCount));
        var kind = profile["kind"];
        Assert.Equal((ColumnKind.Category, 1L, 3), (kind.Kind, kind.OtherCount, kind.DistinctCount));
        Assert.Equal(["0", "2"], kind.Levels);
        Assert.Equal([2, 1], kind.LevelCounts);
        Assert.Null(kind.Sketch);
        Assert.Null(profile.Scores);
        Assert.Equal(4, profile.Rows!.RowCount);
        Assert.Throws<ArgumentException>(() => profile["none"]);
    }

    [Fact]
    public void A_table_is_remembered_in_its_own_words()
    {
        var table = Make.Of(
            Make.Numbers("amount", 1, double.NaN, 3, 3),
            Make.Words("city", "Rome", "Oslo", null, "Rome"),
            Make.Booleans("new", 1, 1, 0, -1),
            Make.Dates("day", "2026-01-02", "2026-01-01", "2026-01-03", null));
        var profile = ReferenceProfile.Of(table);
        Assert.Equal((1.0, 3.0, 0.25), (profile["amount"].Minimum, profile["amount"].Maximum, profile["amount"].MissingFraction));
        Assert.Equal(["Rome", "Oslo"], profile["city"].Levels);
        Assert.Equal([2, 1], profile["city"].LevelCounts);
        Assert.Equal(["true", "false"], profile["new"].Levels);
        Assert.Equal(new DateTime(2026, 1, 1).Ticks, profile["day"].Minimum);
        Assert.Equal(0.25, profile["day"].MissingFraction);
        Assert.Null(profile.Rows);
        Assert.Equal(profile, ReferenceProfile.Of(table));
    }

    [Fact]
    public void Constant_and_all_missing_columns_have_no_odd_numbers()
    {
        var schema = new FeatureSchema(["constant", "missing"]).WithMissing("missing");
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 3, float.NaN, 3, float.NaN }, schema));
        Assert.True(profile["constant"].IsConstant);
        var missing = profile["missing"];
        Assert.Equal((1.0, 0L, 0, false), (missing.MissingFraction, missing.SampledCount, missing.DistinctCount, missing.IsConstant));
        Assert.Null(missing.Minimum);
        Assert.Null(missing.Maximum);
    }

    [Fact]
    public void Whole_weights_are_repetitions()
    {
        var plain = Rows(300, 2);
        double[] weights = [.. Enumerable.Range(0, 300).Select(i => (double)(i % 4))];
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(i, i % 4))];
        Assert.Equal(ReferenceProfile.Of(plain.SelectRows(repeated)), ReferenceProfile.Of(plain.SelectRows([.. Enumerable.Range(0, 300).Where(i => i % 4 > 0)]).WithWeights(weights.Where(weight => weight > 0).ToArray())));
        var heavy = Rows(1000, 1).WithWeights(Enumerable.Range(0, 1000).Select(i => i < 500 ? 1.0 : 199).ToArray());
        var profile = ReferenceProfile.Of(heavy);
        Assert.Equal((100_000L, 8_192), (profile.RowCount, profile.SampleSize));
    }

    [Fact]
    public void A_sample_of_many_rows_is_drawn_evenly_and_always_the_same()
    {
        const int Count = 200_000;
        var data = FeatureMatrix.Wrap(Enumerable.Range(0, Count).Select(i => (float)i).ToArray(), 1);
        var profile = ReferenceProfile.Of(data);
        Assert.Equal((200_000L, 8_192, 8_192L), (profile.RowCount, profile.SampleSize, profile.Columns[0].SampledCount));
        Assert.Equal((0.0, (double)(Count - 1)), (profile.Columns[0].Minimum, profile.Columns[0].Maximum));
        Assert.Equal(128, profile.Rows!.RowCount);
        Assert.InRange(profile.RankError, 0.0188, 0.0192);
        for (double fraction = 0.01; fraction < 1; fraction += 0.01)
            Assert.InRange(profile.Columns[0].Sketch!.Quantile(fraction), (fraction - profile.RankError) * Count, (fraction + profile.RankError) * Count);
        // One row of each of 128 stretches.
        for (int i = 0; i < 128; i++)
            Assert.InRange(profile.Rows.Cells(i)[0], Count / 128.0 * i - 1, Count / 128.0 * (i + 1));
        foreach (int threads in (int[])[1, 3])
            Assert.Equal(profile, ReferenceProfile.Of(data, new FitOptions { MaxDegreeOfParallelism = threads }));
    }

    [Fact]
    public void Profiles_of_shards_merge_in_any_order()
    {
        var data = Rows(9000, 3);
        ReferenceProfile[] parts = [.. Enumerable.Range(0, 3).Select(i => ReferenceProfile.Of(data.Slice(3000 * i, 3000)).WithScores([1, 2, 3 + i], 2.5))];
        var merged = ReferenceProfile.Merge(parts);
        Assert.Equal(merged, ReferenceProfile.Merge(parts[2], parts[0], parts[1]));
        Assert.Equal((9000L, 9000), (merged.RowCount, merged.SampleSize));
        Assert.Equal(128, merged.Rows!.RowCount);
        Assert.Equal((9L, 1.0 / 3), (merged.Scores!.Count, merged.AlertFraction!.Value));
        var whole = ReferenceProfile.Of(data);
        for (int column = 0; column < 3; column++)
        {
            Assert.Equal(whole.Columns[column].Minimum, merged.Columns[column].Minimum);
            Assert.InRange(whole.Columns[column].Sketch!.Rank(merged.Columns[column].Sketch!.Quantile(0.5)), 0.49, 0.51);
        }

        Assert.Null(ReferenceProfile.Merge(parts[0], parts[1].WithoutScores()).Scores);
        var error = Assert.Throws<ArgumentException>(() => ReferenceProfile.Merge(parts[0], ReferenceProfile.Of(data.Slice(0, 10).WithSchema(new FeatureSchema(["f0", "f1", "other"])))));
        Assert.Contains("'other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_profile_is_refused_by_name()
    {
        Assert.Throws<ArgumentException>(() => ReferenceProfile.Of(FeatureMatrix.Wrap(Array.Empty<float>(), 2)));
        var error = Assert.Throws<FeatureDataException>(() => ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 1, 2, 3, float.PositiveInfinity }, new FeatureSchema(["a", "b"]))));
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
        Assert.Throws<TableDataException>(() => ReferenceProfile.Of(Make.Of(Make.Numbers("a"))));
        Assert.Contains("Row 1, column 'a'", Assert.Throws<TableDataException>(() => ReferenceProfile.Of(Make.Of(Make.Numbers("a", 1, double.PositiveInfinity)))).Message, StringComparison.Ordinal);
        var profile = ReferenceProfile.Of(Rows(5, 1));
        Assert.Throws<ArgumentException>(() => profile.WithScores([], 0));
        Assert.Throws<ArgumentException>(() => profile.WithScores([1, float.NaN], 0));
        Assert.Throws<ArgumentException>(() => profile.WithScores([1], double.NaN));
        Assert.Throws<InvalidOperationException>(() => profile.Columns[0].Sketch!.Add(1));
        profile.Columns[0].Sketch!.Copy().Add(1);
    }

    [Fact]
    public void Cancelling_stops_it() =>
        Assert.ThrowsAny<OperationCanceledException>(() => ReferenceProfile.Of(Rows(50, 1), cancellationToken: new CancellationToken(canceled: true)));

    internal static FeatureMatrix Rows(int count, int columns)
    {
        var random = new CounterRandom(31, (ulong)columns);
        var cells = new float[count * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }
}
