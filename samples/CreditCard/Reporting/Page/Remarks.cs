using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>A word about detectors that look broken and are not.</summary>
internal static class Remarks
{
    /// <summary>Below this ROC AUC a reader will ask what is wrong.</summary>
    private const double Odd = 0.75;

    public static void Append(Markup html, CreditCardReport report, IReadOnlyList<PageRun> runs)
    {
        var odd = runs.Where(run => run.Result.RocAuc < Odd).OrderBy(run => run.Result.RocAuc).ToList();
        if (odd.Count == 0 && runs.All(run => run.Caught > 0))
            return;
        html.Add($"<details><summary>Why do some detectors look weak here?</summary><ul>");
        foreach (var run in odd)
            html.Add($"<li>{Badge(run.Number)} {Short(run.Result.Detector)}, {run.Result.Settings} settings: ROC AUC {Measure(run.Result.RocAuc)} (0.5 is guessing). {Reason(run.Result.Detector, report.Data.IsSynthetic)}</li>");
        foreach (var run in runs.Where(run => run.Caught == 0 && run.Result.RocAuc >= Odd))
            html.Add($"<li>{Badge(run.Number)} {Short(run.Result.Detector)}, {run.Result.Settings} settings: its threshold catches no fraud, although it ranks frauds high (ROC AUC {Measure(run.Result.RocAuc)}). Move the threshold in the explorer below.</li>");
        html.Add($"</ul></details>");
    }

    private static string Reason(string detector, bool isSynthetic) => detector switch
    {
        "local-outlier-factor" or "nearest-neighbors" when isSynthetic =>
            "Six in ten made-up frauds belong to five rings, and the frauds of a ring lie close together. To a detector that compares a row with its nearest neighbors, a ring looks like any other dense group. Real frauds are less alike.",
        "ensemble-light" or "ensemble-medium" or "ensemble-full" =>
            "It counts votes, so its scores take a few values only. Rows with equal votes cannot be ranked, which lowers the ROC AUC although the label may be right.",
        "local-outlier-factor" =>
            "It compares the density around a row with that around its nearest neighbors. Frauds that repeat one pattern are neighbors of one another, so they look ordinary. scikit-learn's local outlier factor reaches 0.577 with the reference settings. More neighbors help.",
        _ when isSynthetic =>
            "Made-up normal rows have heavy tails: some of them lie as far out as the frauds do. One made-up fraud in ten differs from a normal row in three columns only.",
        _ => "Frauds are not always far from normal rows. A detector that sees no labels can only find rows that are unusual.",
    };
}
