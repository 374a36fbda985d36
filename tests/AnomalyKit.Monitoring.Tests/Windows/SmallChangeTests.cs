using System.Text.Json;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>What moved for certain, but by less than counts, is named with its effect and the limit.</summary>
public class SmallChangeTests
{
    [Fact]
    public void A_small_shift_is_named_with_effect_and_limit()
    {
        var comparison = Compare(shift: 0.06, missingBefore: 0, missingNow: 0);
        var x = comparison["x"];
        Assert.True(x is { Status: DriftStatus.Stable, IsSmallChange: true, PValue: < 0.01 } && !comparison.IsDrifted, x.ToString());
        Assert.False(comparison["still"].IsSmallChange);
        string effect = FormattableString.Invariant($"effect {x.Effect:G2}, limit 0.1");
        Assert.StartsWith($"none of 2 columns drifted; certain but too small to count: x ({x.Change}; {effect}); ", comparison.ToString(), StringComparison.Ordinal);
        var report = new DriftReport(comparison);
        Assert.EndsWith(" Lower MinEffect to count changes that are certain but small.", report.Advice, StringComparison.Ordinal);
        // Once on the page: the advice does not say it again.
        Assert.Equal(2, report.ToHtml().Split($"certain but too small to count: x ({x.Change}; {effect})").Length);
        Assert.Contains("stable: small change", report.ToHtml(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.ToJson());
        var small = Assert.Single(json.RootElement.GetProperty("small_changes").EnumerateArray());
        Assert.Equal(("x", x.Effect, 0.1, false), (small.GetProperty("name").GetString(), small.GetProperty("effect").GetDouble(), small.GetProperty("limit").GetDouble(), small.GetProperty("missing").GetBoolean()));
    }

    [Fact]
    public void A_lower_limit_counts_it()
    {
        var comparison = Compare(0.06, 0, 0, new DriftOptions { MinEffect = 0.05 });
        Assert.True(comparison["x"] is { IsDrifted: true, IsSmallChange: false });
        Assert.DoesNotContain("too small", comparison.ToString() + new DriftReport(comparison).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_more_missing_cells_are_named_by_their_own_limit()
    {
        var comparison = Compare(0, 0, 15);
        Assert.True(comparison["x"] is { Status: DriftStatus.Stable, IsSmallChange: true });
        Assert.Contains("certain but too small to count: x (missing 0 % → 1.5 %; missing cells 0.015, limit 0.02);", comparison.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" Lower MinMissingChange to count changes that are certain but small.", new DriftReport(comparison).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_that_change_by_little_are_stable_in_one_sentence()
    {
        var profile = ReferenceProfile.Of(Rows(2000, 0, 0));
        var (before, now) = (new DriftWindow(profile), new DriftWindow(profile));
        before.AddScores([.. Enumerable.Range(0, 2000).Select(i => i / 2000f)]);
        now.AddScores([.. Enumerable.Range(0, 2000).Select(i => (i / 2000f) + 0.07f)]);
        var comparison = DriftComparison.Compare(before, now);
        Assert.True(comparison.Scores!.IsSmallChange);
        Assert.Matches(@"columns drifted(; not compared: [^;]*)?; scores stable, changed for certain but too little to count \(median [0-9.]+ → [0-9.]+; effect 0\.07[0-9]?, limit 0\.1\); ", comparison.ToString());
        Assert.DoesNotContain("score (", comparison.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(148, 1.5, DriftStatus.Stable, true, "alerts stable: 1 % → 1.48 %, changed by less than 1.5 times", "stable: changed by less than 1.5 times")]
    [InlineData(148, 1.2, DriftStatus.Drifted, false, "alerts drifted: 1 % → 1.48 %", ">drifted<")]
    [InlineData(27, 1.5, DriftStatus.Drifted, false, "alerts drifted: 1 % → 0.27 %", ">drifted<")]
    [InlineData(101, 1.5, DriftStatus.Stable, false, "alerts stable: 1 % → 1.01 %", ">stable<")]
    public void Alerts_that_change_by_less_than_the_limit_say_so(int alerts, double limit, DriftStatus status, bool isSmall, string expected, string onPage)
    {
        var profile = ReferenceProfile.Of(Rows(2000, 0, 0));
        var (before, now) = (new DriftWindow(profile, 0.5), new DriftWindow(profile, 0.5));
        before.AddScores([.. Enumerable.Range(0, 10_000).Select(i => i < 100 ? 1f : 0f)]);
        now.AddScores([.. Enumerable.Range(0, 10_000).Select(i => i < alerts ? 1f : 0f)]);
        var comparison = DriftComparison.Compare(before, now, new DriftOptions { MinAlertRatio = limit });
        Assert.Equal((status, isSmall), (comparison.Alerts!.Status, comparison.Alerts.IsSmallChange));
        Assert.EndsWith(expected, comparison.ToString(), StringComparison.Ordinal);
        string page = new DriftReport(comparison).ToHtml();
        string paragraph = page[page.IndexOf("<h2>Alerts</h2>", StringComparison.Ordinal)..];
        Assert.Contains(onPage, paragraph[..paragraph.IndexOf("</p>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal(isSmall, comparison.Alerts.ToString().Contains("Stable (small change)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_of_few_words_is_proposed_for_groups_and_one_of_numbers_is_not()
    {
        FeatureTable Shops(int count) => new(new DoubleColumn("x", Enumerable.Range(0, 600).Select(i => (double)i).ToArray()), CategoryColumn.FromWords("shop", Enumerable.Range(0, 600).Select(i => $"s{i % count}")));
        DriftReport Report(FeatureTable table)
        {
            var profile = ReferenceProfile.Of(table);
            var window = new DriftWindow(profile);
            window.Add(table);
            return new DriftReport(DriftComparison.Compare(profile, window));
        }

        Assert.Equal("shop", Report(Shops(5)).GroupColumn);
        Assert.Contains("for example --by shop", Report(Shops(5)).ToHtml(), StringComparison.Ordinal);
        Assert.Null(Report(Shops(60)).GroupColumn);
        Assert.Null(Report(Rows(600, 0, 0)).GroupColumn);
        Assert.DoesNotContain("--by", Report(Rows(600, 0, 0)).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_did_not_move_is_not_named() =>
        Assert.DoesNotContain("too small", Compare(0, 0, 0).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_comes_from_a_sample_of_the_reference_is_about()
    {
        var profile = ReferenceProfile.Of(Rows(20_000, 0, 0));
        var window = new DriftWindow(profile);
        window.Add(Rows(500, 0, 0));
        Assert.StartsWith("median about ", DriftComparison.Compare(profile, window)["x"].Change, StringComparison.Ordinal);
        Assert.StartsWith("median 0", Compare(0, 0, 0)["x"].Change, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_cells_that_were_not_counted_are_not_known()
    {
        var profile = ReferenceProfile.Of(Rows(2000, 0, 20));
        var window = new DriftWindow(profile) { IgnoredColumns = ["x"] };
        window.Add(Rows(2000, 0, 30));
        var comparison = DriftComparison.Compare(profile, window);
        Assert.False(comparison["x"].IsMissingCounted);
        Assert.True(comparison["still"].IsMissingCounted);
        using var json = JsonDocument.Parse(new DriftReport(comparison).ToJson());
        var missing = json.RootElement.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "x").GetProperty("missing");
        Assert.Equal((0.02, JsonValueKind.Null), (missing.GetProperty("reference").GetDouble(), missing.GetProperty("current").ValueKind));
        string page = new DriftReport(comparison).ToHtml();
        string row = page[page.IndexOf("<tr><td>x</td>", StringComparison.Ordinal)..];
        // Status, quantiles and nothing else: no test, no share, no distance.
        Assert.Equal(9, row[..row.IndexOf("</tr>", StringComparison.Ordinal)].Split(">–</td>").Length - 1);
    }

    private static DriftComparison Compare(double shift, int missingBefore, int missingNow, DriftOptions? options = null)
    {
        var profile = ReferenceProfile.Of(Rows(2000, 0, missingBefore));
        var window = new DriftWindow(profile);
        window.Add(Rows(2000, shift, missingNow));
        return DriftComparison.Compare(profile, window, options);
    }

    /// <summary>Even values from 0 to 1, of which so many in a thousand are missing, and a column in which nothing moves.</summary>
    private static FeatureTable Rows(int rows, double shift, int missing) => new(
        new DoubleColumn("x", Enumerable.Range(0, rows).Select(i => (long)i * 379 % 1000 < missing ? double.NaN : ((double)i / rows) + shift).ToArray()),
        new DoubleColumn("still", Enumerable.Range(0, rows).Select(i => (double)i).ToArray()));
}
