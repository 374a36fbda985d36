using System.Globalization;
using AnomalyKit.Samples.CreditCard.Evaluation;
using Spectre.Console;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The table that ends a run on the console.</summary>
internal static class ResultsTable
{
    private static readonly string[] Numbers =
        ["ROC AUC", "AP", "precision", "recall", "F1", "macro-F1", "weighted-F1", "best F1*", "fit", "rows/s"];

    public static void Show(IProgressView view, EvaluationReport report, string folder)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("protocol", "detector", "settings");
        foreach (string title in Numbers)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var run in report.Runs)
            table.AddRow(Cells(run));
        view.Show(table);
        view.Say("* at the threshold that is best on the test labels: optimistic. Labels were used for measuring only.");
        if (report.Runs.Any(run => run.UsesKnownFraudRate))
        {
            view.Say(FormattableString.Invariant(
                $"Recommended settings: the threshold uses the data set's known fraud rate ({report.Data.FraudRate:P3}), one number, and no label of a row."));
        }

        if (report.Data.IsSynthetic)
            view.Warn("The rows were SYNTHETIC: these figures say nothing about real fraud.");
        view.Say($"Report: {Path.Combine(folder, "report.html")}");
    }

    private static string[] Cells(RunResult run) =>
    [
        run.Protocol,
        run.Detector,
        run.Settings,
        .. new[]
        {
            run.RocAuc, run.AveragePrecision, run.Confusion.Precision, run.Confusion.Recall, run.Confusion.F1, run.Confusion.MacroF1,
            run.Confusion.WeightedF1, run.BestF1,
        }.Select(value => value.ToString("F4", CultureInfo.InvariantCulture)),
        Durations.Text(run.FitSeconds),
        run.RowsPerSecond.ToString("N0", CultureInfo.InvariantCulture),
    ];
}
