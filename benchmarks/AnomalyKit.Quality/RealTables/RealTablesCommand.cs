using System.CommandLine;
using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The commands <c>missing</c> and <c>categories</c>, which print Markdown tables.</summary>
internal static class RealTablesCommand
{
    public static Command CreateMissing()
    {
        var heads = new List<string> { "complete" };
        foreach (double fraction in MissingRun.Fractions)
            heads.AddRange([$"{Percent(fraction)} native", $"{Percent(fraction)} median"]);
        return Create(
            "missing",
            "The isolation forest with cells removed at random: native, and filled with medians. FOLDER: features, then a column label (1 = anomaly).",
            3,
            heads,
            (set, seeds, cancellationToken) => MissingRun.Measure(set.Load(cancellationToken), seeds, cancellationToken));
    }

    public static Command CreateCategories() => Create(
        "categories",
        "The isolation forest on categories: native, and one-hot. FOLDER: columns of texts, empty where missing, then a column label (1 = anomaly).",
        10,
        ["native", "one-hot, missing native", "native, missing a level", "one-hot, missing all 0"],
        (set, seeds, cancellationToken) => CategoryRun.Measure(CategorySet.Load(set.Path), seeds, cancellationToken));

    private static Command Create(
        string name, string description, int defaultSeeds, IReadOnlyList<string> heads, Func<QualitySet, int, CancellationToken, double[]> measure)
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of NAME.csv.gz files." };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds, 1 to N.", DefaultValueFactory = _ => defaultSeeds };
        var command = new Command(name, description) { folder, seeds };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetRequiredValue(folder), Math.Max(1, parsed.GetValue(seeds)), heads, measure, cancellationToken)));
        return command;
    }

    private static int Run(
        string folder, int seeds, IReadOnlyList<string> heads, Func<QualitySet, int, CancellationToken, double[]> measure, CancellationToken cancellationToken)
    {
        IReadOnlyList<QualitySet> sets;
        try
        {
            sets = QualitySet.Find(folder);
        }
        catch (QualityException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }

        Console.WriteLine($"| ROC AUC | {string.Join(" | ", heads)} |");
        Console.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", heads.Count))}");
        var all = new List<double[]>();
        int failures = 0;
        foreach (var set in sets)
        {
            try
            {
                double[] found = measure(set, seeds, cancellationToken);
                all.Add(found);
                Console.WriteLine(Line(set.Name, found));
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                failures++;
                Console.Error.WriteLine($"failed: {set.Name}: {exception.Message}");
            }
        }

        if (all.Count > 0)
            Console.WriteLine(Line($"**mean of {all.Count}**", [.. heads.Select((_, i) => all.Average(found => found[i]))]));
        return failures == 0 ? 0 : 1;
    }

    private static string Line(string name, double[] figures) =>
        $"| {name} | {string.Join(" | ", figures.Select(figure => figure.ToString("F4", CultureInfo.InvariantCulture)))} |";

    private static string Percent(double fraction) => (fraction * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
