using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The Markdown tables of what was measured: means over the sets.</summary>
internal static class TunedTables
{
    public static void Write(TunedFigures figures, TextWriter output)
    {
        var labels = ByDetector(figures.Of("labels"));
        if (labels.Count > 0)
        {
            Head(output, "detector", "sets", "default", "tuned", "gain", "value selected on", "estimate", "estimate − tuned", "interval holds tuned");
            foreach (var (detector, sets) in labels)
                Line(output, detector, sets.Count, [.. LabelFigures(sets)]);
            double[][] rows = [.. labels.Select(pair => LabelFigures(pair.Value).ToArray())];
            Line(output, "**mean**", rows.Length, [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Average(row => row[column]))]);
        }

        var pruning = ByDetector(figures.Of("pruning"));
        if (pruning.Count > 0)
        {
            Head(output, "detector", "sets", "best value, all rows", "best value, pruned", "test, all rows", "test, pruned", "time saved");
            foreach (var (detector, sets) in pruning)
                Line(output, detector, sets.Count, [Mean(sets, "full"), Mean(sets, "pruned"), Mean(sets, "full_test"), Mean(sets, "pruned_test"), 1 - (Mean(sets, "pruned_seconds") / Mean(sets, "full_seconds"))]);
        }

        var unlabeled = figures.Of("unlabeled");
        if (unlabeled.Count == 0)
            return;
        Head(output, "without labels", "sets", "average precision", "against the ensemble", "sets lost by more than .005");
        string[] names = [.. unlabeled.Values.SelectMany(set => set.Keys).Where(name => name != "agreement").Distinct()];
        foreach (string name in names.Where(name => unlabeled.Values.All(set => set.ContainsKey(name) && set.ContainsKey("detector ensemble"))))
        {
            double[] differences = [.. unlabeled.Values.Select(set => set[name] - set["detector ensemble"])];
            Line(output, name, unlabeled.Count, [Mean([.. unlabeled.Values], name), differences.Average(), differences.Count(difference => difference < -0.005)]);
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Mean agreement of the criteria (Kendall's τ): {Mean([.. unlabeled.Values], "agreement"):F2}"));
    }

    private static IEnumerable<double> LabelFigures(IReadOnlyList<Dictionary<string, double>> sets)
    {
        yield return Mean(sets, "default");
        yield return Mean(sets, "tuned");
        yield return sets.Average(set => set["tuned"] - set["default"]);
        yield return Mean(sets, "selected_on");
        Dictionary<string, double>[] estimated = [.. sets.Where(set => set.ContainsKey("estimate"))];
        yield return estimated.Length == 0 ? double.NaN : Mean(estimated, "estimate");
        yield return estimated.Length == 0 ? double.NaN : estimated.Average(set => set["estimate"] - set["tuned"]);
        yield return estimated.Length == 0 ? double.NaN : estimated.Average(set => set["low"] <= set["tuned"] && set["tuned"] <= set["high"] ? 1 : 0);
    }

    private static SortedDictionary<string, List<Dictionary<string, double>>> ByDetector(IReadOnlyDictionary<string, Dictionary<string, double>> figures)
    {
        var sorted = new SortedDictionary<string, List<Dictionary<string, double>>>(StringComparer.Ordinal);
        foreach (var (key, found) in figures)
        {
            string detector = key[(key.LastIndexOf('/') + 1)..];
            if (!sorted.TryGetValue(detector, out var sets))
                sorted[detector] = sets = [];
            sets.Add(found);
        }

        return sorted;
    }

    private static double Mean(IReadOnlyList<Dictionary<string, double>> sets, string figure) => sets.Average(set => set[figure]);

    private static void Head(TextWriter output, params string[] heads)
    {
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", heads)} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", heads.Length - 1))}");
    }

    private static void Line(TextWriter output, string name, int count, double[] figures) =>
        output.WriteLine($"| {name} | {count} | {string.Join(" | ", figures.Select(figure => double.IsNaN(figure) ? "–" : figure.ToString("0.000", CultureInfo.InvariantCulture)))} |");
}
