using System.Text.Json;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>What moves on by itself, and what nobody wants to be compared, is no drift.</summary>
public class NotComparedTests
{
    private const string Dates = "dates move on by themselves";
    private static readonly DateTime Start = new(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Later_dates_are_no_drift()
    {
        var profile = ReferenceProfile.Of(Payments(0, 5000));
        var comparison = DriftComparison.Compare(profile, Window(profile, Payments(5000, 3000)));
        Assert.False(comparison.IsDrifted, comparison.ToString());
        var when = comparison["when"];
        Assert.Equal((DriftStatus.NotCompared, Dates, false), (when.Status, when.NotComparedReason, when.IsDrifted));
        Assert.Equal((0.0, 0.0, 1.0, 1.0, 0.0), (when.Effect, when.Statistic, when.PValue, when.AdjustedPValue, when.Wasserstein));
        Assert.Same(when, comparison.Columns[^1]);
        Assert.StartsWith("none of 2 columns drifted; not compared: when; ", comparison.ToString(), StringComparison.Ordinal);
        // The first of the training rows against all of them, too.
        Assert.False(DriftComparison.Compare(profile, Window(profile, Payments(0, 3000))).IsDrifted);
    }

    [Fact]
    public void Dates_are_compared_on_request()
    {
        var profile = ReferenceProfile.Of(Payments(0, 5000));
        var window = Window(profile, Payments(5000, 3000));
        var when = DriftComparison.Compare(profile, window, new DriftOptions { ComparesDates = true })["when"];
        Assert.True(when is { IsDrifted: true, NotComparedReason: null, Effect: 1 }, when.ToString());
        Assert.StartsWith("when: Drifted, effect 1, p ", when.ToString(), StringComparison.Ordinal);
        // The sketch of the training rows may be off by a thousandth of 5,000 minutes.
        Assert.Matches(", median 2026-10-02 17:[34][0-9] → 2026-10-05 12:19$", when.ToString());
    }

    [Fact]
    public void Dates_that_went_missing_are_drift()
    {
        var profile = ReferenceProfile.Of(Payments(0, 2000));
        var comparison = DriftComparison.Compare(profile, Window(profile, Payments(2000, 1000, isDateMissing: i => i % 4 == 0)));
        Assert.True(comparison["when"] is { IsDrifted: true, NotComparedReason: Dates, Effect: 0, IsMissingDrift: true, MissingEffect: 0.25, Change: "missing 0 % → 25 %" }, comparison["when"].ToString());
        Assert.StartsWith("1 of 3 columns drifted: when; ", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_fell_silent_comes_first()
    {
        // Five columns move a little, the sixth has no values any more.
        var profile = ReferenceProfile.Of(Sensors(0, areMoved: false));
        var comparison = DriftComparison.Compare(profile, Window(profile, Sensors(1, areMoved: true)));
        Assert.Equal(6, comparison.Columns.Count(column => column.IsDrifted));
        Assert.Equal(("silent", 0.0, 1.0), (comparison.Columns[0].Name, comparison.Columns[0].Effect, comparison.Columns[0].DriftEffect));

        static FeatureTable Sensors(int seed, bool areMoved)
        {
            var random = new Random(seed);
            double[] Uniform(double shift) => [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble() + shift)];
            return new FeatureTable(
                [.. Enumerable.Range(0, 5).Select(i => new DoubleColumn($"s{i}", Uniform(areMoved ? 0.3 : 0))),
                    new DoubleColumn("silent", areMoved ? Enumerable.Repeat(double.NaN, 2000).ToArray() : Uniform(0))]);
        }
    }

    [Fact]
    public void Ignored_columns_never_count_and_tables_need_not_have_them()
    {
        var profile = ReferenceProfile.Of(Payments(0, 2000));
        var moved = Payments(2000, 1000, shift: 3);
        Assert.True(DriftComparison.Compare(profile, Window(profile, moved)).IsDrifted);
        var ignored = DriftComparison.Compare(profile, Window(profile, moved), new DriftOptions { IgnoredColumns = ["amount", "way"] });
        Assert.False(ignored.IsDrifted, ignored.ToString());
        Assert.All((string[])["amount", "way"], name => Assert.Equal((DriftStatus.NotCompared, "ignored"), (ignored[name].Status, ignored[name].NotComparedReason)));

        var window = new DriftWindow(profile) { IgnoredColumns = ["when", "amount"] };
        window.Add(new FeatureTable(moved["way"]));
        var without = DriftComparison.Compare(profile, window);
        Assert.Equal((1000, DriftStatus.NotCompared, DriftStatus.Drifted), (without.CurrentRowCount, without["amount"].Status, without["way"].Status));
        Assert.Equal((0, null, null), (without["amount"].CurrentCount, without["amount"].CurrentQuantiles, without["amount"].Histogram));
        Assert.DoesNotContain("NaN", new DriftReport(without).ToJson() + new DriftReport(without).ToHtml(), StringComparison.Ordinal);
        // As the reference, too.
        Assert.Equal(DriftStatus.NotCompared, DriftComparison.Compare(window, Window(profile, moved))["amount"].Status);
    }

    [Fact]
    public void Ignored_columns_of_a_matrix_are_passed_over()
    {
        var profile = ReferenceProfile.Of(LevelTests.Rows(500, 3, 1));
        var window = new DriftWindow(profile) { IgnoredColumns = ["f1"] };
        window.Add(LevelTests.Rows(400, 3, 2));
        var comparison = DriftComparison.Compare(profile, window);
        Assert.Equal((0, 400, 400), (comparison["f1"].CurrentCount, comparison["f0"].CurrentCount, comparison["f2"].CurrentCount));
        var plain = new DriftWindow(profile);
        plain.Add(LevelTests.Rows(400, 3, 2));
        Assert.Equal(DriftComparison.Compare(profile, plain)["f2"].PValue, comparison["f2"].PValue);
    }

    [Fact]
    public void Others_are_adjusted_for_columns_that_are_compared_only()
    {
        var profile = ReferenceProfile.Of(LevelTests.Rows(500, 3, 1));
        var window = new DriftWindow(profile);
        window.Add(LevelTests.Rows(400, 3, 2));
        var one = DriftComparison.Compare(profile, window, new DriftOptions { IgnoredColumns = ["f0", "f2"] })["f1"];
        Assert.Equal(one.PValue, one.AdjustedPValue);
        var none = DriftComparison.Compare(profile, window, new DriftOptions { IgnoredColumns = ["f0", "f1", "f2"] });
        Assert.True(!none.IsDrifted && none.Columns.Count == 3, none.ToString());
    }

    [Fact]
    public void Names_that_are_no_columns_are_refused_with_those_that_are()
    {
        var profile = ReferenceProfile.Of(Payments(0, 200));
        string error = Assert.Throws<ArgumentException>(() => DriftComparison.Compare(profile, new DriftWindow(profile), new DriftOptions { IgnoredColumns = ["When"] })).Message;
        Assert.Contains("'When'", error, StringComparison.Ordinal);
        Assert.Contains("when, amount, way", error, StringComparison.Ordinal);
        Assert.Contains("'When'", Assert.Throws<ArgumentException>(() => new DriftWindow(profile) { IgnoredColumns = ["When"] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DriftOptions { IgnoredColumns = [" "] });
        Assert.Throws<ArgumentNullException>(() => new DriftOptions { IgnoredColumns = null! });
    }

    [Fact]
    public void Options_with_equal_names_are_equal()
    {
        var options = new DriftOptions { IgnoredColumns = ["a", "b"] };
        Assert.Equal(new DriftOptions { IgnoredColumns = ["a", "b", "a"] }, options);
        Assert.Equal(new DriftOptions { IgnoredColumns = ["a", "b"] }.GetHashCode(), options.GetHashCode());
        Assert.NotEqual(new DriftOptions { IgnoredColumns = ["a"] }, options);
        Assert.Equal(new DriftOptions(), new DriftOptions { IgnoredColumns = [] });
        Assert.Contains("IgnoredColumns = a, b", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_say_why_a_column_was_not_compared()
    {
        var profile = ReferenceProfile.Of(Payments(0, 2000));
        var report = new DriftReport(DriftComparison.Compare(profile, Window(profile, Payments(2000, 1000)), new DriftOptions { IgnoredColumns = ["way"] }));
        Assert.Contains($"not compared: {Dates}", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("not compared: ignored", report.ToHtml(), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(report.ToJson());
        var when = document.RootElement.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "when");
        Assert.Equal(("not_compared", Dates), (when.GetProperty("status").GetString(), when.GetProperty("not_compared_reason").GetString()));
        Assert.False(document.RootElement.GetProperty("drifted").GetBoolean());
        Assert.Equal("way", document.RootElement.GetProperty("options").GetProperty("ignored_columns")[0].GetString());
        Assert.False(document.RootElement.GetProperty("options").GetProperty("compares_dates").GetBoolean());
        var histogram = when.GetProperty("histogram");
        Assert.Equal(histogram.GetProperty("edges").GetArrayLength(), histogram.GetProperty("edge_dates").GetArrayLength());
        Assert.StartsWith("2026-10-01T00:", histogram.GetProperty("edge_dates")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(new DateTime((long)histogram.GetProperty("edges")[5].GetDouble()).ToString("s"), histogram.GetProperty("edge_dates")[5].GetString());
    }

    [Fact]
    public void Changes_are_said_in_the_unit_of_the_column()
    {
        var profile = ReferenceProfile.Of(Payments(0, 2000));
        var comparison = DriftComparison.Compare(profile, Window(profile, Payments(2000, 1000, shift: 3)));
        var amount = comparison["amount"];
        var sorted = Payments(2000, 1000, shift: 3)["amount"] is NumberColumn column ? Enumerable.Range(0, 1000).Select(column.Value).Order().ToArray() : [];
        Assert.Equal((sorted[99], sorted[499], sorted[899]), (amount.CurrentQuantiles!.P10, amount.CurrentQuantiles.Median, amount.CurrentQuantiles.P90));
        Assert.InRange(amount.ReferenceQuantiles!.Median, -0.1, 0.1);
        Assert.Equal(FormattableString.Invariant($"median {amount.ReferenceQuantiles.Median:G4} → {sorted[499]:G4}"), amount.Change);
        Assert.EndsWith(amount.Change, amount.ToString(), StringComparison.Ordinal);
        Assert.Equal((null, "card 50 % → 100 %"), (comparison["way"].ReferenceQuantiles, comparison["way"].Change));
        var report = new DriftReport(comparison);
        Assert.Contains("amount (" + amount.Change + ")", report.Advice, StringComparison.Ordinal);
        Assert.Contains("way (card 50 % → 100 %)", report.Advice, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{sorted[99]:G4} / {sorted[499]:G4} / {sorted[899]:G4}"), report.ToHtml(), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(report.ToJson());
        var json = document.RootElement.GetProperty("columns").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "amount");
        Assert.Equal(sorted[499], json.GetProperty("quantiles").GetProperty("current").GetProperty("median").GetDouble());
        Assert.Equal(amount.Change, json.GetProperty("change").GetString());
    }

    [Fact]
    public void The_advice_names_columns_that_the_scores_do_not_show()
    {
        float[] scores = [.. Enumerable.Range(0, 2000).Select(i => i / 2000f)];
        var profile = ReferenceProfile.Of(Payments(0, 2000)).WithScores(scores, 0.9899);
        var window = Window(profile, Payments(2000, 1000, shift: 3));
        window.AddScores(scores);
        var comparison = DriftComparison.Compare(profile, window);
        Assert.Contains($"that the scores do not show: amount ({comparison["amount"].Change}), way (card 50 % → 100 %).", new DriftReport(comparison).Advice, StringComparison.Ordinal);
        Assert.Equal("alerts: Stable, 1 % → 1 % (20 of 2000 scores), p 1", comparison.Alerts!.ToString());
    }

    private static DriftWindow Window(ReferenceProfile profile, FeatureTable rows)
    {
        var window = new DriftWindow(profile);
        window.Add(rows);
        return window;
    }

    /// <summary>A payment a minute and a bit.</summary>
    private static FeatureTable Payments(int first, int count, double shift = 0, Func<int, bool>? isDateMissing = null) => new(
        new DateTimeColumn(
            "when",
            Enumerable.Range(first, count).Select(i => isDateMissing?.Invoke(i) == true ? DateTimeColumn.MissingCell : Start.AddMinutes(i).Ticks).ToArray(),
            isUtc: true),
        new SingleColumn("amount", WindowTrapTests.Normal(count, (ulong)first, shift)),
        CategoryColumn.FromWords("way", Enumerable.Range(0, count).Select(i => shift > 0 || i % 2 == 0 ? "card" : "cash")));
}
