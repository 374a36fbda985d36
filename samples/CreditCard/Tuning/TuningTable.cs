using System.Globalization;
using AnomalyKit.Samples.CreditCard.Reporting;
using Spectre.Console;

namespace AnomalyKit.Samples.CreditCard.Tuning;

/// <summary>The detectors before and after, as a table.</summary>
internal static class TuningTable
{
    public static void Show(IProgressView view, IReadOnlyList<TunedDetector> detectors)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string heading in (string[])["detector", "day 1, selected on", "day 2 untuned: AP", "ROC AUC", "day 2 tuned: AP", "ROC AUC", "seconds", "settings that were found"])
            table.AddColumn(heading);
        foreach (var one in detectors)
        {
            table.AddRow(
                one.Name,
                Figure(one.Found.BestValue),
                Figure(one.Untuned.AveragePrecision),
                Figure(one.Untuned.RocAuc),
                Figure(one.Tuned.AveragePrecision),
                Figure(one.Tuned.RocAuc),
                one.Seconds.ToString("F0", CultureInfo.InvariantCulture),
                Markup.Escape(one.Found.Best.Options.Count == 0 ? "the recommended ones" : string.Join(", ", one.Found.Best.Options.Select(option => $"{option.Key}={option.Value}"))));
        }

        view.Show(table);
        view.Say("Untuned: the recommended settings, which no label chose. The labels of day 2 chose nothing.");
    }

    private static string Figure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
