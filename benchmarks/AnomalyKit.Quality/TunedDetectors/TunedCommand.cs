using System.CommandLine;

namespace AnomalyKit.Quality;

/// <summary>The command <c>tuned</c>, which prints Markdown tables of what searches reach.</summary>
internal static class TunedCommand
{
    private const string UnlabeledPart = "unlabeled";

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of NAME.csv.gz files: features, then a column label (1 = anomaly)." };
        var parts = new Option<string>("--parts")
        {
            Description = "Comma-separated: labels (tuned by labels), pruning (with and without), unlabeled (criteria without labels).",
            DefaultValueFactory = _ => "labels,pruning,unlabeled",
        };
        var sets = new Option<string?>("--sets") { Description = "Comma-separated beginnings of the names of sets; all by default." };
        var detectors = new Option<string?>("--detectors") { Description = "Comma-separated; all by default." };
        var rows = new Option<int>("--rows") { Description = "The most rows of a set, half of them to tune on.", DefaultValueFactory = _ => 5000 };
        var trials = new Option<int>("--trials") { Description = "The settings that a search tries.", DefaultValueFactory = _ => 40 };
        var outer = new Option<int>("--outer-folds") { Description = "The outer folds of the estimate, 0 for none.", DefaultValueFactory = _ => 4 };
        var seed = new Option<int>("--seed") { Description = "Draws rows, folds and settings.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "The JSON file to keep figures in; what it holds already is not measured again." };
        var command = new Command("tuned", "Tunes detectors on one half of the rows and measures them on the other.") { folder, parts, sets, detectors, rows, trials, outer, seed, output };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(parts).Split(','),
            parsed.GetValue(sets)?.Split(','),
            () => new TunedOptions(
                QualityDetectors.Choose(parsed.GetValue(detectors)), parsed.GetValue(rows), parsed.GetValue(trials), parsed.GetValue(outer), parsed.GetValue(seed)),
            parsed.GetValue(output),
            cancellationToken)));
        return command;
    }

    /// <summary>Gives 0, or 1 where a set failed, or 2 where nothing could be run, or 130 where it was stopped.</summary>
    private static int Run(string folder, string[] parts, string[]? names, Func<TunedOptions> read, string? output, CancellationToken cancellationToken)
    {
        try
        {
            if (parts.FirstOrDefault(part => part != UnlabeledPart && !TunedRuns.All.ContainsKey(part)) is { } unknown)
                throw new QualityException($"There is no part '{unknown}'. Available: {string.Join(", ", TunedRuns.All.Keys)}, {UnlabeledPart}.");
            var options = read();
            var figures = new TunedFigures(output);
            int failures = 0;
            foreach (var set in QualitySet.Find(folder).Where(set => names is null || names.Any(name => set.Name.StartsWith(name, StringComparison.Ordinal))))
                failures += Measure(set, parts, options, figures, cancellationToken);
            TunedTables.Write(figures, Console.Out);
            return failures == 0 ? 0 : 1;
        }
        catch (QualityException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. What was measured is kept in the file of --out.");
            return 130;
        }
    }

    private static int Measure(QualitySet set, string[] parts, TunedOptions options, TunedFigures figures, CancellationToken cancellationToken)
    {
        int failures = 0;
        var halves = new Lazy<TunedHalves>(() => TunedHalves.Draw(set.Load(cancellationToken), options.Rows, (ulong)options.Seed));
        foreach (string part in parts)
        {
            foreach (string? detector in part == UnlabeledPart ? [null] : options.Detectors.Select(known => (string?)known.Key))
            {
                try
                {
                    figures.Fill(
                        $"{part}/{set.Name}{(detector is null ? string.Empty : "/" + detector)}",
                        () => detector is null ? TunedRuns.Unlabeled(halves.Value, options, cancellationToken) : TunedRuns.All[part](halves.Value, options, detector, cancellationToken));
                    Console.Error.WriteLine($"{part} {set.Name} {detector}");
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    failures++;
                    Console.Error.WriteLine($"failed: {part} {set.Name} {detector}: {exception.Message}");
                }
            }
        }

        return failures;
    }
}
