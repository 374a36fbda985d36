using System.Text.Json;
using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Groups;

/// <summary>Each group of rows is compared with itself: one that drifts does not hide among the others.</summary>
public sealed class GroupedDriftTests
{
    private static readonly TableDetector Detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 20 }).Fit(Turbines(1, _ => 0).SelectColumns("power", "heat"));

    [Fact]
    public void A_group_that_drifts_is_found_where_all_rows_together_are_stable()
    {
        var now = Turbines(2, machine => machine == 4 ? 0.6 : 0);
        Assert.DoesNotContain(Detector.CompareDrift(Reader(now)).Columns, column => column.IsDrifted);
        var drift = Compare(Turbines(1, _ => 0), now);
        Assert.True(drift.IsDrifted);
        Assert.Equal(6, drift.Groups.Count);
        var worst = drift.Groups[0];
        Assert.Equal(("WT4", true, 300L, 300L), (worst.Name, worst.IsDrifted, worst.ReferenceRowCount, worst.CurrentRowCount));
        Assert.Equal(["heat"], worst.DriftedColumns.Select(column => column.Name));
        Assert.Equal(worst.DriftedColumns[0].DriftEffect, worst.Effect);
        Assert.All(drift.Groups.Skip(1), group => Assert.Equal((false, 0.0), (group.IsDrifted, group.Effect)));
        Assert.Equal(["WT1", "WT2", "WT3", "WT5", "WT6"], drift.Groups.Skip(1).Select(group => group.Name));
        Assert.StartsWith("1 of 6 groups of turbine drifted: WT4 (heat", drift.ToString(), StringComparison.Ordinal);
        Assert.Equal(0.05 / 6, drift.Options.Level);
    }

    [Fact]
    public void The_worst_group_is_the_first()
    {
        var drift = Compare(Turbines(1, _ => 0), Turbines(2, machine => machine switch { 2 => 0.8, 5 => 3, 6 => 1.5, _ => 0 }));
        Assert.Equal(["WT5", "WT6", "WT2"], drift.Groups.Where(group => group.IsDrifted).Select(group => group.Name));
    }

    [Fact]
    public void Groups_of_one_side_and_missing_ones_are_told_apart_and_are_no_drift()
    {
        var before = Turbines(1, _ => 0);
        var drift = Compare(Named(before, row => row % 6 == 0 ? "old" : $"WT{row % 6}"), Named(before, row => row % 6 == 0 ? null : row % 6 == 1 ? "new" : $"WT{row % 6}"));
        Assert.False(drift.IsDrifted);
        Assert.Equal(["(missing): no rows in the reference", "WT1: no rows now", "new: no rows in the reference", "old: no rows now"], drift.Groups.Where(group => group.Comparison is null).Select(group => group.ToString()));
        Assert.Equal("none of 4 groups of turbine drifted; not compared: (missing): no rows in the reference; WT1: no rows now; new: no rows in the reference; old: no rows now", drift.ToString());
        Assert.Null(drift.Groups.Single(group => group.ToString().StartsWith("(missing)", StringComparison.Ordinal)).Name);
    }

    [Fact]
    public void A_group_of_a_few_rows_is_not_called_stable()
    {
        var before = Turbines(1, _ => 0);
        var drift = Compare(Named(before, row => row < 8 ? "few" : $"WT{row % 6}"), Named(Turbines(2, _ => 0), row => row < 8 ? "few" : $"WT{row % 6}"));
        var few = drift.Groups.Single(group => group.Name == "few");
        Assert.Equal((true, false, "few: too few rows"), (few.HasTooFewRows, few.IsDrifted, few.ToString()));
        Assert.Equal("none of 6 groups of turbine drifted; not compared: few: too few rows", drift.ToString());
        using var json = JsonDocument.Parse(new GroupedDriftReport(drift).ToJson());
        Assert.Equal("not_enough_data", json.RootElement.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("group").GetString() == "few").GetProperty("status").GetString());
    }

    [Fact]
    public void A_column_that_the_detector_knows_makes_groups_and_is_not_compared()
    {
        var before = Turbines(1, _ => 0);
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 20 }).Fit(before);
        var drift = detector.CompareDriftByGroup(Reader(before), Reader(Turbines(2, machine => machine == 1 ? 2 : 0)), "turbine", new DriftOptions { IgnoredColumns = ["power"] });
        Assert.Equal("WT1", Assert.Single(drift.Groups, group => group.IsDrifted).Name);
        Assert.All(drift.Groups, group => Assert.Equal((DriftStatus.NotCompared, DriftStatus.NotCompared), (group.Comparison!["turbine"].Status, group.Comparison["power"].Status)));
    }

    [Fact]
    public void What_cannot_make_groups_is_refused()
    {
        var table = Turbines(1, _ => 0);
        Assert.Contains("There is no column 'shop'", Assert.Throws<ArgumentException>(() => Detector.CompareDriftByGroup(Reader(table), Reader(table), "shop")).Message, StringComparison.Ordinal);
        Assert.Contains("'heat' has more than 256 different values", Assert.Throws<ArgumentException>(() => Detector.CompareDriftByGroup(Reader(table), Reader(table), "heat")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_has_every_group_and_the_columns_that_drifted_in_any()
    {
        var before = Turbines(1, _ => 0);
        var report = new GroupedDriftReport(Compare(Named(before, Odd), Named(Turbines(2, machine => machine == 4 ? 2 : 0), Odd))) { Title = "April <1>", ReferenceName = "<march>.csv", CurrentName = "april.csv" };
        var json = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.Equal(("anomalykit.drift_by_group", 1, "turbine", true), (json.GetProperty("format").GetString(), json.GetProperty("version").GetInt32(), json.GetProperty("column").GetString(), json.GetProperty("drifted").GetBoolean()));
        var first = json.GetProperty("groups")[0];
        Assert.Equal(("<b>4", "drifted", 300), (first.GetProperty("group").GetString(), first.GetProperty("status").GetString(), first.GetProperty("current_rows").GetInt32()));
        Assert.Equal("heat", first.GetProperty("drifted_columns")[0].GetProperty("name").GetString());
        string page = report.ToHtml();
        Assert.Contains("<h1>April &lt;1&gt;</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>4", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">heat</th></tr>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"col\">power</th>", page, StringComparison.Ordinal);
        Assert.Equal(6, page.Split("<tr><td>").Length - 1);
        Assert.Contains(FormattableString.Invariant($"<span class=\"bad\">effect {report.Drift.Groups[0].Comparison!["heat"].DriftEffect:0.000}</span>, p {report.Drift.Groups[0].Comparison!["heat"].DriftPValue:0.0E+0}<br>median "), page, StringComparison.Ordinal);
        Assert.Contains("Now: <strong>april.csv</strong>, 1,800 rows. Before (reference): <strong>&lt;march&gt;.csv</strong>, 1,800 rows.", page, StringComparison.Ordinal);
        Assert.Equal(("<march>.csv", "april.csv"), (json.GetProperty("reference").GetString(), json.GetProperty("current").GetString()));
        var lenient = Detector.CompareDriftByGroup(Reader(before), Reader(Turbines(2, machine => machine == 4 ? 3 : 0)), "turbine", new DriftOptions { MinAlertRatio = 900 });
        Assert.Contains("; stable: changed by less than 900 times</span>", new GroupedDriftReport(lenient).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("; stable: changed", page, StringComparison.Ordinal);
        Assert.Contains("Now: 1,800 rows.", new GroupedDriftReport(report.Drift).ToHtml(), StringComparison.Ordinal);

        static string? Odd(int row) => $"<b>{(row % 6) + 1}";
    }

    [Fact]
    public void Where_most_scores_drift_the_advice_thinks_of_training_rows()
    {
        var before = Turbines(1, _ => 0);
        Assert.DoesNotContain("fitted on", new GroupedDriftReport(Compare(before, Turbines(2, _ => 0))).Advice, StringComparison.Ordinal);
        Assert.Contains("go by the columns", new GroupedDriftReport(Compare(before, Turbines(2, _ => 3))).Advice, StringComparison.Ordinal);
    }

    private static GroupedDrift Compare(FeatureTable before, FeatureTable now) => Detector.CompareDriftByGroup(Reader(before), Reader(now), "turbine");

    private static CsvTableReader Reader(FeatureTable table)
    {
        var memory = new MemoryStream();
        using (var writer = CsvTableWriter.Create(memory, leaveOpen: true))
        {
            writer.Write(table);
            writer.Complete();
        }

        memory.Position = 0;
        return CsvTableReader.Open(memory);
    }

    private static FeatureTable Named(FeatureTable table, Func<int, string?> name) =>
        new(table.Columns.Select(column => column.Name == "turbine" ? CategoryColumn.FromWords("turbine", Enumerable.Range(0, table.RowCount).Select(name)) : column));

    private static FeatureTable Turbines(ulong seed, Func<int, double> heat)
    {
        var random = new CounterRandom(seed);
        const int Rows = 1800;
        double[] power = [.. Enumerable.Range(0, Rows).Select(_ => random.NextGaussian())];
        double[] heats = [.. Enumerable.Range(0, Rows).Select(row => random.NextGaussian() + heat((row % 6) + 1))];
        return new FeatureTable(CategoryColumn.FromWords("turbine", Enumerable.Range(0, Rows).Select(row => $"WT{(row % 6) + 1}")), new DoubleColumn("power", power), new DoubleColumn("heat", heats));
    }
}
