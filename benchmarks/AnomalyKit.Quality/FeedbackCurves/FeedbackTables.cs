using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The Markdown tables of the curves: average precision by the number of answers, and how many of the rows asked about were anomalies.</summary>
internal static class FeedbackTables
{
    public static void Write(TunedFigures figures, int[] checkpoints, TextWriter output)
    {
        foreach (string part in (string[])["sets", "reference", "temporal", "all-rows"])
        {
            var found = figures.Of(part);
            if (found.Count == 0)
                continue;
            output.WriteLine();
            output.WriteLine($"| {part} | 0 | {string.Join(" | ", checkpoints)} | anomalies among {string.Join(", ", checkpoints)} |");
            output.WriteLine($"| --- | --- | {string.Join(" | ", checkpoints.Select(_ => "---"))} | --- |");
            foreach (string method in FeedbackMethods.All.Select(method => method.Key))
            {
                var own = found.Where(pair => pair.Key.EndsWith("/" + method, StringComparison.Ordinal)).ToDictionary();
                if (own.Count > 0)
                    output.WriteLine($"| {method} | {Mean(own, "0")} | {string.Join(" | ", checkpoints.Select(answers => Mean(own, $"{answers}")))} | {string.Join(", ", checkpoints.Select(answers => Count(own, $"found {answers}")))} |");
            }
        }

        WriteSets(figures.Of("sets"), checkpoints, output);
    }

    private static void WriteSets(IReadOnlyDictionary<string, Dictionary<string, double>> found, int[] checkpoints, TextWriter output)
    {
        string first = FeedbackMethods.All[0].Key;
        var own = found.Where(pair => pair.Key.EndsWith("/" + first, StringComparison.Ordinal)).GroupBy(SetOf).ToList();
        if (own.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"| set | 0 | {string.Join(" | ", checkpoints)} |");
        output.WriteLine($"| --- | --- | {string.Join(" | ", checkpoints.Select(_ => "---"))} |");
        foreach (var set in own)
            output.WriteLine($"| {set.Key} | {Mean(set.ToDictionary(), "0")} | {string.Join(" | ", checkpoints.Select(answers => Mean(set.ToDictionary(), $"{answers}")))} |");
    }

    private static string SetOf(KeyValuePair<string, Dictionary<string, double>> pair) => pair.Key[..pair.Key.IndexOf('/')];

    /// <summary>The mean over sets, of the means over seeds.</summary>
    private static double Average(Dictionary<string, Dictionary<string, double>> found, string figure) =>
        found.GroupBy(SetOf).Average(set => set.Average(pair => pair.Value[figure]));

    private static string Mean(Dictionary<string, Dictionary<string, double>> found, string figure) =>
        Average(found, figure).ToString("F3", CultureInfo.InvariantCulture).TrimStart('0');

    private static string Count(Dictionary<string, Dictionary<string, double>> found, string figure) => Average(found, figure).ToString("F0", CultureInfo.InvariantCulture);
}
