using System.CommandLine;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>The program's main job and its options.</summary>
internal sealed class EvaluateCommand
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = $"The file: csv or csv.gz, with the label column Class. Else that of {DataLocator.Variable}, else creditcard.csv[.gz] here, "
            + "else ../shared/data/creditcard.csv.gz, else a made-up set.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _protocols = new("--protocol")
    {
        Description = $"{string.Join(", ", EvaluationProtocol.All.Select(protocol => protocol.Name))}; repeatable. By default reference, and day two of temporal for the quick detectors.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "All protocols, and the models of all runs in the folder of the results: several minutes and half a gigabyte.",
    };

    private readonly Option<string[]> _detectors = new("--detectors")
    {
        Description = $"Names with commas between; all by default: {string.Join(", ", DetectorCatalog.Default.Entries.Select(entry => entry.Name))}.",
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The seed of all random choices of the detectors.",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "The most threads; all processors by default. Results do not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => -1,
    };

    private readonly Option<string> _trainer = new("--trainer")
    {
        Description = "What trains the autoencoder: managed, or torch (needs a build with -p:Torch=true).",
        HelpName = "NAME",
        DefaultValueFactory = _ => AutoencoderChoice.Managed,
    };

    private readonly Option<string?> _device = new("--device")
    {
        Description = "Where torch trains: auto, cpu, cuda or cuda:N.",
        HelpName = "NAME",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder of the results.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "outputs",
    };

    public EvaluateCommand()
    {
        _threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (-1 or >= 1))
                result.AddError("--threads must be at least 1, or -1 for all processors.");
        });
    }

    /// <summary>Puts the options and the job on a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_all);
        command.Options.Add(_protocols);
        command.Options.Add(_detectors);
        command.Options.Add(_seed);
        command.Options.Add(_threads);
        command.Options.Add(_trainer);
        command.Options.Add(_device);
        command.Options.Add(_out);
        command.SetAction((parsed, cancellationToken) => Guard.RunAsync(
            () => Task.Run(() => Evaluate(Read(parsed), cancellationToken), CancellationToken.None), Console.Error));
    }

    private static void Evaluate(EvaluationOptions options, CancellationToken cancellationToken) =>
        new CreditCardEvaluation(DetectorCatalog.Default, DataLocator.ForThisProcess(), SampleConsole.CreateView()).Run(options, cancellationToken);

    private static string[] Names(string[]? lists) =>
        [.. (lists ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private EvaluationOptions Read(ParseResult parsed) => new()
    {
        DataPath = parsed.GetValue(_data),
        Everything = parsed.GetValue(_all),
        Protocols = Names(parsed.GetValue(_protocols)),
        Detectors = Names(parsed.GetValue(_detectors)),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads),
        Autoencoder = AutoencoderChoice.Of(parsed.GetValue(_trainer)!, parsed.GetValue(_device)),
        OutputFolder = parsed.GetValue(_out)!,
    };
}
