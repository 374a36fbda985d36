using System.CommandLine;

namespace AnomalyKit.Quality;

/// <summary>The command <c>ensembles</c>, which prints Markdown tables of what ensembles of other members, weights and combiners reach.</summary>
internal static class EnsemblesCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of NAME.csv.gz files: features, then a column label (1 = anomaly)." };
        var seeds = new Option<int>("--seeds") { Description = "How many splits and fits a set, with seeds 1 to N.", DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { Description = "Threads; figures do not depend on them.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("ensembles", "Compares ensembles, and chooses one for each set by the others.") { folder, seeds, threads };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetRequiredValue(folder), Math.Max(1, parsed.GetValue(seeds)), Math.Max(1, parsed.GetValue(threads)), cancellationToken)));
        return command;
    }

    /// <summary>Gives 0, or 2 where nothing could be run, or 130 where it was stopped.</summary>
    private static int Run(string folder, int seeds, int threads, CancellationToken cancellationToken)
    {
        try
        {
            EnsembleTables.Write(EnsembleRun.Run(QualitySet.Find(folder), seeds, threads, cancellationToken), Console.Out);
            return 0;
        }
        catch (QualityException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}
