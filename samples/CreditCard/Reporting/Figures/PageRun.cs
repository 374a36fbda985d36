using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting.Figures;

/// <summary>A run as the page shows it.</summary>
/// <param name="Scores">The run with its scores.</param>
/// <param name="Number">The number of its detector on this page, from 1.</param>
/// <param name="Rate">What its counts are worth per day.</param>
/// <param name="Points">Its thresholds.</param>
internal sealed record PageRun(RunScores Scores, int Number, TrafficRate Rate, ThresholdPoints Points)
{
    public RunResult Result => Scores.Result;

    public bool IsOurs => Result.Settings == "recommended";

    public long Caught => Result.Confusion.TruePositives;

    public long Frauds => Result.Confusion.TruePositives + Result.Confusion.FalseNegatives;

    public double FalseAlarmRate => Rate.Rate(Result.Confusion.FalsePositives);

    /// <summary>All runs of a report.</summary>
    public static IReadOnlyList<PageRun> Of(CreditCardReport report)
    {
        string[] detectors = [.. report.Runs.Select(run => run.Detector).Distinct()];
        var rates = new Dictionary<int, TrafficRate>();
        var runs = new List<PageRun>();
        foreach (var run in report.Scores)
        {
            if (!rates.TryGetValue(run.Scores.Length, out var rate))
                rates[run.Scores.Length] = rate = TrafficRate.Of(report.Data, run.Scores.Length);
            runs.Add(new PageRun(run, 1 + Array.IndexOf(detectors, run.Result.Detector), rate, ThresholdPoints.Of(run.Scores, run.Labels.Span, run.Result.Threshold)));
        }

        return runs;
    }
}
