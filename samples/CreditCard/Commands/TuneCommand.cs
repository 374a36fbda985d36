using System.CommandLine;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Tuning;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>Searches options by the labels of the first day and judges them on the second.</summary>
internal sealed class TuneCommand
{
    private readonly Option<string?> _data = new("--data") { Description = "The file, as of the main job.", HelpName = "FILE" };

    private readonly Option<string[]> _detectors = new("--detectors")
    {
        Description = $"Names with commas between; by default {string.Join(", ", DayOneTuning.DefaultDetectors)}.",
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _trials = new("--trials") { Description = "How many settings are tried per detector.", HelpName = "N", DefaultValueFactory = _ => 40 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed of searches and detectors.", HelpName = "N", DefaultValueFactory = _ => 42 };
    private readonly Option<int> _threads = new("--threads") { Description = "The most threads; results do not depend on it.", HelpName = "N", DefaultValueFactory = _ => -1 };

    public Command Create()
    {
        var command = new Command("tune", "Searches the options of detectors by the labels of the first day, and judges what was found on the second.");
        foreach (Option option in (Option[])[_data, _detectors, _trials, _seed, _threads])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => Guard.RunAsync(
            () => Task.Run(() => new DayOneTuning(DetectorCatalog.Default, DataLocator.ForThisProcess(), SampleConsole.CreateView()).Run(Read(parsed), cancellationToken), CancellationToken.None),
            Console.Error));
        return command;
    }

    private TuningOptions Read(ParseResult parsed) => new()
    {
        DataPath = parsed.GetValue(_data),
        Detectors = [.. parsed.GetValue(_detectors)!.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        Trials = parsed.GetValue(_trials),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads),
    };
}
