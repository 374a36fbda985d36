using AnomalyKit.Monitoring.Statistics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Windows gather rows in any batches, bind columns by name, refuse what they cannot count, and compare alerts.</summary>
public class DriftWindowTests
{
    [Fact]
    public void Batches_make_no_difference()
    {
        var rows = LevelTests.Rows(9000, 3, 1);
        var profile = ReferenceProfile.Of(rows.Slice(0, 2000));
        var (whole, parts) = (new DriftWindow(profile), new DriftWindow(profile));
        whole.Add(rows);
        for (int start = 0; start < 9000; start += 700)
            parts.Add(rows.Slice(start, Math.Min(700, 9000 - start)));
        Assert.Equal(new DriftReport(DriftComparison.Compare(profile, whole)).ToJson(), new DriftReport(DriftComparison.Compare(profile, parts)).ToJson());
        Assert.Equal((9000, 0), (whole.RowCount, whole.ScoreCount));
    }

    [Fact]
    public void Columns_of_tables_are_found_by_name_and_levels_by_word()
    {
        var reference = new FeatureTable(CategoryColumn.FromWords("w", Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? "a" : "b")), new DoubleColumn("x", Enumerable.Range(0, 100).Select(i => (double)i).ToArray()));
        var profile = ReferenceProfile.Of(reference);
        var window = new DriftWindow(profile);
        // Other order, other codes, a further column.
        window.Add(new FeatureTable(
            new DoubleColumn("more", new double[100]), new DoubleColumn("x", Enumerable.Range(0, 100).Select(i => (double)i).ToArray()), CategoryColumn.FromWords("w", Enumerable.Range(0, 100).Select(i => i % 4 != 0 ? "b" : "a").Reverse())));
        Assert.All(DriftComparison.Compare(profile, window).Columns, column => Assert.Equal((1.0, 0.0, 0.0), (column.PValue, column.Effect, column.StabilityIndex)));
        Assert.Contains("'x'", Assert.Throws<TableDataException>(() => window.Add(new FeatureTable(reference["w"]))).Message, StringComparison.Ordinal);
        Assert.Contains("Row 1", Assert.Throws<TableDataException>(() => window.Add(new FeatureTable(CategoryColumn.FromWords("w", ["a", "a"]), new DoubleColumn("x", new[] { 1, double.PositiveInfinity })))).Message, StringComparison.Ordinal);
        Assert.Equal(100, window.RowCount);
    }

    [Fact]
    public void Rows_that_cannot_be_counted_leave_the_window_as_it_was()
    {
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 1, 2, 3, 4 }, new FeatureSchema(["a", "b"])));
        var window = new DriftWindow(profile);
        Assert.Contains("Row 1, column 'b'", Assert.Throws<FeatureDataException>(() => window.Add(FeatureMatrix.Wrap(new float[] { 1, 2, 3, float.NegativeInfinity }, new FeatureSchema(["a", "b"])))).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => window.Add(FeatureMatrix.Wrap(new float[] { 1, 2 }, new FeatureSchema(["b", "a"])))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => window.Add(FeatureMatrix.Wrap(new float[] { 1 }, 1)));
        Assert.Throws<ArgumentException>(() => window.AddScores([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => new DriftWindow(profile, double.NaN));
        Assert.Equal((0, 0), (window.RowCount, window.ScoreCount));
        var other = new DriftWindow(ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 1, 2 }, new FeatureSchema(["a", "c"]))));
        Assert.Throws<ArgumentException>(() => DriftComparison.Compare(profile, other));
        Assert.Throws<ArgumentException>(() => DriftComparison.Compare(window, other));
    }

    [Fact]
    public void Offsets_of_a_matrix_are_part_of_its_values()
    {
        float[] cells = [.. Enumerable.Range(0, 200).Select(i => (float)i)];
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(cells, new FeatureSchema(["t"], [1e9])));
        var window = new DriftWindow(profile);
        window.Add(FeatureMatrix.Wrap(Array.ConvertAll(cells, cell => cell - 50), new FeatureSchema(["t"], [1e9 + 50])));
        Assert.Equal(0, DriftComparison.Compare(profile, window).Columns[0].Effect);
    }

    [Fact]
    public void Alerts_are_compared_at_the_threshold()
    {
        float[] scores = [.. Enumerable.Range(0, 10_000).Select(i => i / 10_000f)];
        var profile = ReferenceProfile.Of(LevelTests.Rows(10_000, 1, 1)).WithScores(scores, 0.99);
        var quiet = new DriftWindow(profile);
        quiet.AddScores([.. scores.Where((_, i) => i % 10 == 3)]);
        var calm = DriftComparison.Compare(profile, quiet);
        Assert.True(calm.Alerts is { IsDrifted: false, AlertCount: 10, PValue: > 0.5 } && calm.Scores is { IsDrifted: false }, calm.ToString());
        var loud = new DriftWindow(profile);
        loud.AddScores([.. scores.Where((_, i) => i % 10 == 3).Select(score => score < 0.6 ? score + 0.4f : score)]);
        var alarmed = DriftComparison.Compare(profile, loud);
        Assert.True(alarmed.Scores is { IsDrifted: true });
        Assert.True(alarmed.Alerts is { IsDrifted: true, Ratio: > 1.5 } || alarmed.Alerts!.CurrentFraction < 0.03, alarmed.ToString());
        // Another threshold than the profile counted at: its sketch answers.
        var moved = new DriftWindow(profile, threshold: 0.5);
        moved.AddScores(scores);
        Assert.Equal(0.5, DriftComparison.Compare(profile, moved).Alerts!.ReferenceFraction, 2);
    }

    [Fact]
    public void Adjusted_p_values_are_those_of_their_definitions()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleTests.Holm(Array.ConvertAll(p, Math.Log)).Select(log => Math.Round(Math.Exp(log), 12)));
        Assert.Equal([0.02, 0.04, 0.04, 0.02], MultipleTests.BenjaminiHochberg(Array.ConvertAll(p, Math.Log)).Select(log => Math.Round(Math.Exp(log), 12)));
    }

    [Fact]
    public void A_window_keeps_no_more_values_than_it_says()
    {
        var window = new DriftWindow(ReferenceProfile.Of(LevelTests.Rows(2, 1, 1)));
        for (ulong batch = 0; batch < 200; batch++)
        {
            window.AddScores(WindowTrapTests.Normal(1000, batch, 0));
            Assert.InRange(window.Scores.KeptValues.Length, 1, 7168);
        }

        Assert.Equal(200_000, window.ScoreCount);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { Level = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { Level = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { MinEffect = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { MinCount = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { WindowNumber = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { MinAlertRatio = 0.9 });
        double sum = Enumerable.Range(1, 10_000).Sum(number => new DriftOptions { WindowNumber = number }.WindowLevel);
        Assert.InRange(sum, 0.0499, 0.05);
    }
}
