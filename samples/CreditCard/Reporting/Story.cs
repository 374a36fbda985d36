using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using Spectre.Console;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>What a run ends with on the console: frauds caught and false alarms, beside the reference system's; the highest alerts with their reasons; what moved on day two.</summary>
internal static class Story
{
    public static void Tell(IProgressView view, CreditCardReport report, string folder)
    {
        foreach (var protocol in report.Runs.GroupBy(run => run.Protocol))
            TellCatches(view, report, protocol.Key, [.. protocol]);
        TellReasons(view, report.Reasons);
        TellDayTwo(view, report.DayTwo);
        view.Say(string.Empty);
        view.Say("Labels were used for measuring only. One seed: what draws at random differs between seeds, most of all in average precision.");
        if (report.Runs.Any(run => run.UsesKnownFraudRate))
            view.Say(FormattableString.Invariant($"Our settings set thresholds by one number that is known of the data set, its share of frauds ({report.Data.FraudRate:P3})."));
        if (report.Data.IsSynthetic)
            view.Warn("The rows were SYNTHETIC: these figures say nothing about real fraud.");
        view.Say($"All figures, curves and reasons: {Path.Combine(folder, "report.html")}");
    }

    private static void TellCatches(IProgressView view, CreditCardReport report, string protocol, IReadOnlyList<RunResult> runs)
    {
        var counts = runs[0].Confusion;
        var rate = TrafficRate.Of(report.Data, runs[0].TestRows);
        string span = rate.Days is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {rate.Units * 24:F1} hours' worth");
        view.Say(string.Empty);
        view.Say(FormattableString.Invariant($"Frauds caught in {runs[0].TestRows:N0} transactions{span}, of which {counts.TruePositives + counts.FalseNegatives} are frauds (protocol {protocol})"));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new Spectre.Console.TableColumn("detector").NoWrap());
        table.AddColumn(new Spectre.Console.TableColumn("settings").NoWrap());
        foreach (string title in (string[])["caught", "false alarms", rate.Per, "average precision"])
            table.AddColumn(new Spectre.Console.TableColumn(title).RightAligned().NoWrap());
        foreach (var run in runs.OrderBy(run => run.Settings == "reference").ThenByDescending(run => run.AveragePrecision))
        {
            Row(
                table, run.Detector, run.Settings == "recommended" ? "ours" : "the reference's", run.Confusion.TruePositives, run.Confusion.FalsePositives, rate,
                run.AveragePrecision.ToString("F3", CultureInfo.InvariantCulture));
        }

        if (protocol == new Protocols.ReferenceProtocol().Name && !report.Data.IsSynthetic)
        {
            foreach (var published in ReferenceFigures.All.Where(line => line.Rows == "held out"))
            {
                double caught = published.Recall * (counts.TruePositives + counts.FalseNegatives);
                Row(table, published.Model, "as the reference system published it", (long)Math.Round(caught), (long)Math.Round((caught / published.Precision) - caught), rate, "–");
            }
        }

        view.Show(table);
    }

    private static void Row(Table table, string detector, string settings, long caught, long falseAlarms, TrafficRate rate, string averagePrecision) =>
        table.AddRow(detector, settings, Count(caught), Count(falseAlarms), Count((long)Math.Round(rate.Rate(falseAlarms))), averagePrecision);

    private static void TellReasons(IProgressView view, AlertReasons reasons)
    {
        view.Say(string.Empty);
        view.Say($"The {reasons.Alerts.Count} highest alerts of {reasons.Run.Detector}, {Settings(reasons.Run)} settings, and the column that speaks loudest in each");
        foreach (var alert in reasons.Alerts)
        {
            string why = alert.Explanation.Reasons.Count > 0 ? alert.Explanation.Reasons[0].Sentence : "no single column stands out.";
            view.Say(FormattableString.Invariant($"  row {alert.Row,6}  {(alert.IsFraud ? "a fraud" : "normal ")}  {why}"));
        }
    }

    private static void TellDayTwo(IProgressView view, IReadOnlyList<DayTwo> runs)
    {
        if (runs.Count == 0)
            return;
        var columns = runs[0].Comparison.Columns;
        var moved = columns.Where(column => column.IsDrifted).OrderByDescending(column => column.Effect).ToArray();
        view.Say(string.Empty);
        view.Say(moved.Length == 0
            ? "Day two: no column has moved."
            : $"Day two: {moved.Length} of {columns.Count} columns have moved, most of all {string.Join(", ", moved.Take(5).Select(column => column.Name))}. Alerts, by thresholds of day one:");
        foreach (var run in runs)
        {
            string before = run.Comparison.Alerts is { } alerts ? Percent(alerts.ReferenceFraction) : "?";
            view.Say($"  {run.Run.Detector}, {Settings(run.Run)} settings: {before} of day one, {Percent(run.AlertFraction)} of day two{(run.CanBeTrusted ? string.Empty : ": this threshold no longer holds")}");
        }
    }

    private static string Settings(RunResult run) => run.Settings == "recommended" ? "our" : "the reference's";

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => fraction.ToString("P2", CultureInfo.InvariantCulture);
}
