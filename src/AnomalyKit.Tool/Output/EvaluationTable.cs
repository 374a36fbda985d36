using System.Globalization;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>Evaluations as tables for people.</summary>
internal static class EvaluationTable
{
    public static void Write(ToolContext context, IReadOnlyList<DetectorEvaluation> evaluations)
    {
        bool hasFit = evaluations.Any(one => one.FitSeconds is not null);
        bool hasScore = evaluations.Any(one => one.ScoreSeconds is not null);
        var table = new TextTable(["detector", ">roc_auc", ">average_precision", ">best_f1", ">precision", ">recall", ">f1", ">alerts", .. hasFit ? [">fit"] : Array.Empty<string>(), .. hasScore ? [">score"] : Array.Empty<string>()]);
        foreach (var one in evaluations)
        {
            table.Row(
            [
                one.Name, Number(one.RocAuc), Number(one.AveragePrecision), Number(one.BestF1?.F1), Number(one.Confusion.Precision), Number(one.Confusion.Recall), Number(one.Confusion.F1),
                Count(one.AlertCount), .. hasFit ? [Seconds(one.FitSeconds)] : Array.Empty<string>(), .. hasScore ? [Seconds(one.ScoreSeconds)] : Array.Empty<string>(),
            ]);
        }

        table.Write(context);
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{evaluations[0].RowCount:N0} rows, {evaluations[0].AnomalyCount:N0} anomalies by their labels. Precision, recall, f1 and alerts are those of the model's threshold."));
        if (evaluations is [{ AnomalyCount: > 0 } only])
            context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Anomalies among the alerts: {only.Confusion.TruePositives:N0} of {only.AlertCount:N0}. Anomalies missed: {only.Confusion.FalseNegatives:N0} of {only.AnomalyCount:N0}."));
    }

    /// <summary>What the rows of the highest scores would be as alerts, and a threshold that makes them so. Numbers of alerts that no threshold gives are left out.</summary>
    public static void WriteChoices(ToolContext context, DetectorEvaluation evaluation)
    {
        var table = new TextTable(">alerts", ">threshold", ">precision", ">recall");
        var rows = new SortedDictionary<long, string[]>();
        foreach (var choice in evaluation.AlertChoices.Where(choice => !choice.IsTied))
            rows[choice.Count] = [Count(choice.Count), Short(choice.ShortThreshold), Number(choice.Precision), Number(choice.Recall)];
        rows[evaluation.AlertCount] = [$"as it is: {Count(evaluation.AlertCount)}", Score(evaluation.Threshold), Number(evaluation.Confusion.Precision), Number(evaluation.Confusion.Recall)];
        foreach (string[] row in rows.Values)
            table.Row(row);
        context.Text.WriteLine("Other thresholds:");
        table.Write(context);
    }

    private static string Short(double threshold) => double.IsFinite(threshold) ? threshold.ToString("R", CultureInfo.InvariantCulture) : "-";

    private static string Score(double threshold) => double.IsFinite(threshold) ? threshold.ToString("G6", CultureInfo.InvariantCulture) : "-";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is null or double.NaN ? "-" : value.Value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Seconds(double? value) => value is null ? "-" : value.Value.ToString("0.0 s", CultureInfo.InvariantCulture);
}
