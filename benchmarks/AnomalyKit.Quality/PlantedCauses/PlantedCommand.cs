using System.CommandLine;
using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The command <c>planted-causes</c>: do explanations name the columns that were moved? It prints a Markdown table per detector.</summary>
internal static class PlantedCommand
{
    private const string CreditCardLabel = "Class";
    private const int ShuffleSeed = 1;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of NAME.csv.gz files: features, then a column label (1 = anomaly)." };
        var only = new Option<string?>("--sets") { Description = "Comma-separated names of sets; all of the folder by default." };
        var creditCard = new Option<string?>("--creditcard") { Description = "The credit-card set, measured first: a CSV file with a column Class." };
        var detectors = new Option<string?>("--detectors")
        {
            Description = $"Comma-separated; all by default: {string.Join(", ", QualityDetectors.All.Select(detector => detector.Key))}.",
        };
        var within = new Option<double>("--within") { Description = "Leave out rows with a cell further than so many robust deviations from the median before anything is moved.", DefaultValueFactory = _ => double.PositiveInfinity };
        var rows = new Option<int>("--rows") { Description = "Rows explained for each set, seed and number of columns.", DefaultValueFactory = _ => 500 };
        var sampled = new Option<int>("--sampled") { Description = "How many of these are explained by sampling too; 0 for none.", DefaultValueFactory = _ => 50 };
        var seeds = new Option<int>("--seeds") { Description = "How many splits and fits a set, with seeds 1 to N.", DefaultValueFactory = _ => 3 };
        var shuffle = new Option<bool>("--shuffle") { Description = "Shuffles each column of the normal rows by itself first: what is missed then is not missed because columns move together." };
        var scaling = new Option<string?>("--scaling") { Description = "The scaling of the detectors, for example robust; by default what the quality runner gives each." };
        var command = new Command("planted-causes", "Moves 1, 2 and 3 columns of normal rows by 6 robust deviations and counts the rows in which these are the reasons that are given, have the greatest contributions, and lie furthest out by themselves.")
        {
            folder, only, creditCard, detectors, within, rows, sampled, seeds, shuffle, scaling,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            () => Sets(parsed.GetRequiredValue(folder), parsed.GetValue(only), parsed.GetValue(creditCard)),
            parsed.GetValue(shuffle),
            parsed.GetValue(detectors),
            new PlantedRun(parsed.GetValue(within), Math.Max(1, parsed.GetValue(rows)), Math.Max(0, parsed.GetValue(sampled)), Math.Max(1, parsed.GetValue(seeds)), parsed.GetValue(scaling)),
            cancellationToken)));
        return command;
    }

    private static (string Name, Func<FeatureMatrix> Load)[] Sets(string folder, string? only, string? creditCard)
    {
        var found = QualitySet.Find(folder);
        string[] names = only?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [.. found.Select(set => set.Name)];
        if (names.FirstOrDefault(name => found.All(set => set.Name != name)) is { } unknown)
            throw new QualityException($"The folder '{folder}' holds no set '{unknown}'. It holds {string.Join(", ", found.Select(set => set.Name))}.");
        var sets = found.Where(set => names.Contains(set.Name)).Select(set => (set.Name, (Func<FeatureMatrix>)(() => set.Load(default))));
        return creditCard is null ? [.. sets] : [("credit card", () => FeatureMatrix.LoadCsv(creditCard, CreditCardLabel)), .. sets];
    }

    private static int Run(Func<(string Name, Func<FeatureMatrix> Load)[]> find, bool isShuffled, string? list, PlantedRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, QualityDetectors.Setup>> detectors;
        (string Name, FeatureMatrix Data)[] sets;
        try
        {
            detectors = QualityDetectors.Choose(list);
            sets = [.. find().Select(set => (set.Name, isShuffled ? ShuffledColumns.Of(set.Load(), ShuffleSeed) : set.Load()))];
        }
        catch (Exception exception) when (exception is QualityException or FeatureDataException or IOException)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }

        int failures = 0;
        foreach (var (name, setup) in detectors)
        {
            Console.WriteLine();
            Console.WriteLine($"| {name} | {string.Join(" | ", PlantedRun.Figures.SelectMany(figure => PlantedRun.Columns.Select(count => $"{count}, {figure}")))} |");
            Console.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", PlantedRun.Figures.Count * PlantedRun.Columns.Count))}");
            var all = new List<double[]>();
            foreach (var (set, data) in sets)
            {
                try
                {
                    all.Add(run.Measure(data, setup, cancellationToken));
                    Console.WriteLine(Line(set, all[^1]));
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    failures++;
                    Console.Error.WriteLine($"failed: {set}, {name}: {exception.Message}");
                }
            }

            if (all.Count > 0)
                Console.WriteLine(Line($"**mean of {all.Count}**", [.. Enumerable.Range(0, all[0].Length).Select(i => Mean(all, i))]));
        }

        return failures == 0 ? 0 : 1;
    }

    private static double Mean(List<double[]> all, int figure) =>
        all.Where(found => !double.IsNaN(found[figure])).Select(found => found[figure]).DefaultIfEmpty(double.NaN).Average();

    private static string Line(string name, double[] figures) =>
        $"| {name} | {string.Join(" | ", figures.Select(figure => double.IsNaN(figure) ? "–" : (100 * figure).ToString("F1", CultureInfo.InvariantCulture) + " %"))} |";
}
