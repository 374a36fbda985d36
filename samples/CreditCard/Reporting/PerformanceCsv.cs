using System.Globalization;
using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The table of all runs as a CSV file.</summary>
internal static class PerformanceCsv
{
    private const string Header =
        "protocol,detector,settings,train_rows,test_rows,fit_seconds,score_seconds,rows_per_second,roc_auc,average_precision,threshold,"
        + "precision,recall,f1,macro_f1,weighted_f1,balanced_accuracy,best_f1,tn,fp,fn,tp,uses_known_fraud_rate";

    public static byte[] Write(IEnumerable<RunResult> runs)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var run in runs)
            text.AppendJoin(',', Cells(run).Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell}"))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static object[] Cells(RunResult run) =>
    [
        run.Protocol, run.Detector, run.Settings, run.TrainRows, run.TestRows, run.FitSeconds, run.ScoreSeconds, Math.Round(run.RowsPerSecond),
        run.RocAuc, run.AveragePrecision, run.Threshold, run.Confusion.Precision, run.Confusion.Recall, run.Confusion.F1, run.Confusion.MacroF1,
        run.Confusion.WeightedF1, run.Confusion.BalancedAccuracy, run.BestF1, run.Confusion.TrueNegatives, run.Confusion.FalsePositives,
        run.Confusion.FalseNegatives, run.Confusion.TruePositives, run.UsesKnownFraudRate ? 1 : 0,
    ];
}
