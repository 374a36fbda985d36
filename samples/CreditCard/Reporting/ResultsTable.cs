using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using Spectre.Console;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The table that ends a run on the console.</summary>
internal static class ResultsTable
{
    private const int FullWidth = 150;

    private static readonly Column[] Columns =
    [
        new("ROC AUC", true, run => Text(run.RocAuc)),
        new("AP", true, run => Text(run.AveragePrecision)),
        new("precision", false, run => Text(run.Confusion.Precision)),
        new("recall", false, run => Text(run.Confusion.Recall)),
        new("F1", false, run => Text(run.Confusion.F1)),
        new("macro-F1", true, run => Text(run.Confusion.MacroF1)),
        new("weighted-F1", false, run => Text(run.Confusion.WeightedF1)),
        new("best F1", false, run => Text(run.BestF1)),
        new("fit", false, run => Durations.Text(run.FitSeconds)),
        new("rows/s", false, run => run.RowsPerSecond.ToString("N0", CultureInfo.InvariantCulture)),
    ];

    public static void Show(IProgressView view, CreditCardReport report, string folder)
    {
        // A narrow terminal gets the main figures; the report has all of them.
        Column[] columns = [.. Columns.Where(column => column.IsMain || view.Width >= FullWidth)];
        var table = new Table().Border(TableBorder.Simple);
        foreach (string title in (string[])["protocol", "detector", "settings"])
            table.AddColumn(new Spectre.Console.TableColumn(title).NoWrap());
        foreach (var column in columns)
            table.AddColumn(new Spectre.Console.TableColumn(column.Title).RightAligned().NoWrap());
        foreach (var run in report.Runs)
            table.AddRow([run.Protocol, run.Detector, run.Settings, .. columns.Select(column => column.Text(run))]);
        view.Show(table);
        view.Say("Labels were used for measuring only. Best F1 is at the threshold that is best on the test labels: optimistic. One seed: what draws at random differs between seeds, most of all in AP.");
        if (report.Runs.Any(run => run.UsesKnownFraudRate))
        {
            view.Say(FormattableString.Invariant(
                $"Recommended settings: the threshold uses the data set's known fraud rate ({report.Data.FraudRate:P3}), one number, and no label of a row."));
        }

        if (report.Data.IsSynthetic)
            view.Warn("The rows were SYNTHETIC: these figures say nothing about real fraud.");
        view.Say($"Report: {Path.Combine(folder, "report.html")}");
    }

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private sealed record Column(string Title, bool IsMain, Func<RunResult, string> Text);
}
