using System.CommandLine;

namespace AnomalyKit.Quality;

/// <summary>The command <c>feedback</c>, which prints Markdown tables of what answers bring.</summary>
internal static class FeedbackCommand
{
    private static readonly int[] Checkpoints = [10, 25, 50, 60, 100, 200];

    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A folder of NAME.csv.gz files (features, then a column label, 1 = anomaly), or the credit-card set." };
        var methods = new Option<string?>("--methods") { Description = "Comma-separated; all by default." };
        var protocols = new Option<string>("--protocols") { Description = "Of the credit-card set, comma-separated.", DefaultValueFactory = _ => "reference,temporal,all-rows" };
        var seeds = new Option<int>("--seeds") { Description = "How many splits and fits, with seeds 1 to N.", DefaultValueFactory = _ => 5 };
        var output = new Option<string?>("--out") { Description = "The JSON file to keep figures in; what it holds already is not measured again." };
        var command = new Command("feedback", "Answers questions by the labels of one part of the rows, and measures on the other.") { path, methods, protocols, seeds, output };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetRequiredValue(path), parsed.GetValue(methods)?.Split(','), parsed.GetRequiredValue(protocols).Split(','), parsed.GetValue(seeds), parsed.GetValue(output), cancellationToken)));
        return command;
    }

    /// <summary>Gives 0, or 2 where nothing could be run, or 130 where it was stopped.</summary>
    private static int Run(string path, string[]? names, string[] protocols, int seeds, string? output, CancellationToken cancellationToken)
    {
        try
        {
            var methods = FeedbackMethods.Choose(names);
            var figures = new TunedFigures(output);
            if (Directory.Exists(path))
                MeasureSets(path, methods, seeds, figures, cancellationToken);
            else
                MeasureProtocols(path, protocols, methods, seeds, figures, cancellationToken);
            FeedbackTables.Write(figures, Checkpoints, Console.Out);
            return 0;
        }
        catch (Exception exception) when (exception is QualityException or IOException)
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

    private static void MeasureSets(string folder, IReadOnlyList<KeyValuePair<string, FeedbackMethods.Method>> methods, int seeds, TunedFigures figures, CancellationToken cancellationToken)
    {
        foreach (var set in QualitySet.Find(folder))
        {
            var data = new Lazy<FeatureMatrix>(() => set.Load(cancellationToken));
            for (int seed = 1; seed <= seeds; seed++)
            {
                if (FeedbackCases.OfSet(data.Value, seed, cancellationToken) is { } fit)
                    Measure($"sets/{set.Name}/{seed}", fit, RecommendedEnsemble.Create((ulong)seed), seed, methods, figures, cancellationToken);
            }
        }
    }

    private static void MeasureProtocols(
        string file, string[] protocols, IReadOnlyList<KeyValuePair<string, FeedbackMethods.Method>> methods, int seeds, TunedFigures figures, CancellationToken cancellationToken)
    {
        var data = FeatureMatrix.LoadCsv(file, "Class", cancellationToken: cancellationToken);
        for (int seed = 1; seed <= seeds; seed++)
        {
            foreach (string protocol in protocols)
                Measure($"{protocol}/{seed}", FeedbackCases.OfProtocol(data, protocol, seed, cancellationToken), FeedbackCases.CreditCardEnsemble(seed), seed, methods, figures, cancellationToken);
        }
    }

    private static void Measure(
        string key,
        Func<IDetectorTrainer, FeedbackCase> fit,
        IDetectorTrainer ensemble,
        int seed,
        IReadOnlyList<KeyValuePair<string, FeedbackMethods.Method>> methods,
        TunedFigures figures,
        CancellationToken cancellationToken)
    {
        var combined = new Lazy<FeedbackCase>(() => fit(ensemble));
        foreach (var (name, method) in methods)
        {
            figures.Fill(
                $"{key}/{name}",
                () => method(name == FeedbackMethods.Leaves ? fit(new IsolationForestTrainer { Seed = (ulong)seed }) : combined.Value, Checkpoints, cancellationToken));
        }

        Console.Error.WriteLine(key);
    }
}
