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
        Assert.StartsWith($"none of 2 columns drifted; certain but too small to count: x ({effect}); ", comparison.ToString(), StringComparison.Ordinal);
        var report = new DriftReport(comparison);
        Assert.EndsWith($" Certain, but too small to count: x ({x.Change}; {effect}). Lower MinEffect to count such changes.", report.Advice, StringComparison.Ordinal);
        Assert.Contains($"certain but too small to count: x ({effect})", report.ToHtml(), StringComparison.Ordinal);
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
        Assert.EndsWith(" Certain, but too small to count: x (missing 0 % → 1.5 %; missing cells 0.015, limit 0.02). Lower MinMissingChange to count such changes.", new DriftReport(comparison).Advice, StringComparison.Ordinal);
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
