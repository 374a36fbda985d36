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
                one.AlertCount.ToString("N0", CultureInfo.InvariantCulture), .. hasFit ? [Seconds(one.FitSeconds)] : Array.Empty<string>(), .. hasScore ? [Seconds(one.ScoreSeconds)] : Array.Empty<string>(),
            ]);
        }

        table.Write(context);
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{evaluations[0].RowCount:N0} rows, {evaluations[0].AnomalyCount:N0} anomalies by their labels. Precision, recall, f1 and alerts are those of the model's threshold."));
    }

    private static string Number(double? value) => value is null or double.NaN ? "-" : value.Value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Seconds(double? value) => value is null ? "-" : value.Value.ToString("0.0 s", CultureInfo.InvariantCulture);
}
