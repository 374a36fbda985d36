using System.Globalization;
using Spectre.Console;

namespace AnomalyKit.Quality;

/// <summary>The table of results: a row a set, a column a detector, and the means.</summary>
internal static class QualityTable
{
    public static Table Create(QualityRun.Outcome outcome)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new Spectre.Console.TableColumn("ROC AUC / AP").NoWrap());
        foreach (string detector in outcome.Detectors)
            table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(detector)).RightAligned().NoWrap());

        var measured = outcome.Sets.Where(set => outcome.Detectors.Any(detector => outcome.Results.Find(set.Name, detector) is not null)).ToList();
        foreach (var set in measured)
            AddRow(table, set.Name, outcome.Detectors, detector => Quality(outcome.Results.Find(set.Name, detector)));

        // A mean over fewer sets than the others' would not compare with them.
        var means = outcome.Detectors.ToDictionary(detector => detector, detector =>
        {
            QualityFigures[] all = [.. measured.Select(set => outcome.Results.Find(set.Name, detector)).OfType<QualityFigures>()];
            return all.Length == measured.Count && all.Length > 0 ? QualityFigures.Mean(all) : null;
        });
        table.AddEmptyRow();
        AddRow(table, $"mean of {measured.Count}", outcome.Detectors, detector => Quality(means[detector]));
        AddRow(table, "mean fit ms", outcome.Detectors, detector => Milliseconds(means[detector]?.FitSeconds));
        AddRow(table, "mean score ms", outcome.Detectors, detector => Milliseconds(means[detector]?.ScoreSeconds));
        return table;
    }

    private static void AddRow(Table table, string title, IEnumerable<string> detectors, Func<string, string> cell) =>
        table.AddRow([Markup.Escape(title), .. detectors.Select(cell)]);

    private static string Quality(QualityFigures? figures) => figures is null ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{figures.RocAuc:F4} / {figures.AveragePrecision:F4}");

    private static string Milliseconds(double? seconds) => seconds is null ? "-" : (seconds.Value * 1e3).ToString("N1", CultureInfo.InvariantCulture);
}
