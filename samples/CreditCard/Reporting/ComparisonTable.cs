using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The reference system, scikit-learn and AnomalyKit side by side, model by model.</summary>
internal static class ComparisonTable
{
    private const string None = "–";

    public static HtmlTable Build(IEnumerable<RunResult> runs)
    {
        var table = new HtmlTable(
            "Precision, recall and F1 are those of the frauds", "model", "by", "measured on", "precision", "recall", "F1", "macro-F1", "weighted-F1", "balanced accuracy", "ROC AUC", "AP");
        var ours = runs.Where(run => run.Protocol == new ReferenceProtocol().Name).ToLookup(run => run.Detector);
        string[] models = [.. ReferenceFigures.All.Select(line => line.Model), .. ours.Select(group => group.Key)];
        foreach (string model in models.Distinct())
        {
            foreach (var line in ReferenceFigures.All.Where(line => line.Model == model))
                table.Row(line.Model, "reference system", line.Rows, line.Precision, line.Recall, line.F1, line.MacroF1, line.WeightedF1, Or(line.LabelAuc), Or(line.RocAuc), None);
            foreach (var line in LibraryFigures.All.Where(line => line.Model == model))
                table.Row(line.Model, "scikit-learn", "held out", line.Precision, line.Recall, F1(line.Precision, line.Recall), line.MacroF1, line.WeightedF1, None, line.RocAuc, line.AveragePrecision);
            foreach (var run in ours[model])
                Add(table, run);
        }

        return table;
    }

    private static void Add(HtmlTable table, RunResult run)
    {
        var counts = run.Confusion;
        table.Row(
            run.Detector, $"AnomalyKit, {run.Settings} settings", "held out", counts.Precision, counts.Recall, counts.F1, counts.MacroF1,
            counts.WeightedF1, counts.BalancedAccuracy, run.RocAuc, run.AveragePrecision);
    }

    private static double F1(double precision, double recall) => 2 * precision * recall / (precision + recall);

    private static object Or(double? value) => value is { } number ? number : None;
}
