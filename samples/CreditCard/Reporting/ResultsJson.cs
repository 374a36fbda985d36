using System.Text.Json;
using System.Text.Json.Nodes;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The results for programs.</summary>
internal static class ResultsJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static byte[] Write(CreditCardReport report)
    {
        var root = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["source"] = report.Data.Source,
                ["rows"] = report.Data.Rows.RowCount,
                ["frauds"] = report.Data.Frauds,
                ["sha256"] = report.Data.Sha256,
            },
            ["machine"] = new JsonObject
            {
                ["os"] = report.Machine.Os,
                ["cpu"] = report.Machine.Cpu,
                ["cores"] = report.Machine.Cores,
                ["runtime"] = report.Machine.Runtime,
                ["simd"] = report.Machine.Simd,
            },
            ["runs"] = new JsonArray([.. report.Runs.Select(Run)]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(root, Indented);
    }

    private static JsonNode Run(RunResult run) => new JsonObject
    {
        ["protocol"] = run.Protocol,
        ["detector"] = run.Detector,
        ["settings"] = run.Settings,
        ["fit_seconds"] = run.FitSeconds,
        ["score_seconds"] = run.ScoreSeconds,
        ["train_rows"] = run.TrainRows,
        ["test_rows"] = run.TestRows,
        ["roc_auc"] = run.RocAuc,
        ["average_precision"] = run.AveragePrecision,
        ["precision"] = run.Confusion.Precision,
        ["recall"] = run.Confusion.Recall,
        ["f1"] = run.Confusion.F1,
        ["macro_f1"] = run.Confusion.MacroF1,
        ["weighted_f1"] = run.Confusion.WeightedF1,
        ["best_f1"] = run.BestF1,
        ["threshold"] = run.Threshold,
        ["confusion"] = new JsonObject
        {
            ["tn"] = run.Confusion.TrueNegatives,
            ["fp"] = run.Confusion.FalsePositives,
            ["fn"] = run.Confusion.FalseNegatives,
            ["tp"] = run.Confusion.TruePositives,
        },
    };
}
