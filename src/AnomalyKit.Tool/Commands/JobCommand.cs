using System.CommandLine;
using System.CommandLine.Parsing;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>The command inside a job on a cluster: what no task could do is refused before any machine is asked for it.</summary>
internal static class JobCommand
{
    private const string DefaultThreshold = "contamination:0.01";
    private const string NoCalibration = "none";
    private static readonly string[] ReadingOptions = ["--format", "--delimiter", "--decimal", "--thousands", "--currency", "--local-columns", "--date-format", "--encoding", "--no-header", "--missing-marks"];

    // What the tasks would refuse, one after the other.
    private static readonly (string Option, string Why)[] Refused =
    [
        ("--tracking", "a job does not keep its run yet"),
        ("--experiment", "a job does not keep its run yet"),
        ("--weight", "rows with weights cannot be drawn in shards"),
        ("--skip-bad-rows", "shards are made by row number, which skipped rows would shift"),
        ("--out-decimal", "shards are written as they will be merged; 'anomalykit convert' takes it afterwards"),
        ("--guard-formulas", "shards are written as they will be merged; 'anomalykit convert' takes it afterwards"),
    ];

    public static void Check(ParseResult inner, bool isSampled)
    {
        string name = inner.CommandResult.Command.Name;
        if (name is not ("fit" or "score"))
            throw new UsageException($"'{name}' does not run as shards. Give fit or score, with its arguments.");
        foreach (var (option, why) in Refused)
        {
            if (GivenOptions.Of(inner, option).Length > 0)
                throw new UsageException($"The command behind '--' has {option}. Leave it out, because {why}.");
        }

        // Parts of a fit are no tables; the scores that its threshold is found in are.
        if (name == "score" || !isSampled)
            OutputPath.CheckParts(inner.GetValue<string>("--out"), inner.GetValue<string[]>("DATA") ?? []);
        if (name == "score")
        {
            if (isSampled)
                throw new UsageException("--sampled-threshold is for a fit. Scores use the threshold of their model. Leave it out.");
            OutputPath.CheckTable(inner.GetValue<string>("--out"));
        }
        else
        {
            var trainer = Trainer(inner);
            if (!isSampled && trainer.Calibration is { HeldOutFraction: > 0 })
                throw new UsageException($"The calibration '{trainer.Calibration}' holds for rows that the detector was not fitted on, and the scores of all rows include those that it was. Add --sampled-threshold, which keeps the calibration of the fit.");
        }
    }

    /// <summary>The command with the rules by which its trainer finds threshold and calibration, however they were given: the merge needs to know them.</summary>
    public static string[] WithRules(string[] command, ParseResult inner)
    {
        var trainer = Trainer(inner);
        int end = command.TakeWhile(argument => argument != "--").Count();
        return [.. command.Take(end), .. Rule("--threshold", trainer.Threshold is { } rule ? rule.ToText() : DefaultThreshold, DefaultThreshold), .. Rule("--calibration", trainer.Calibration is { } calibration ? calibration.ToText() : NoCalibration, NoCalibration), .. command.Skip(end)];

        string[] Rule(string option, string? text, string byDefault)
        {
            if (GivenOptions.Of(inner, option).Length > 0 || text == byDefault)
                return [];
            if (text is null)
                throw new UsageException($"The detector's rule for {option} has no text that a merge could take. Give {option}, or add --sampled-threshold.");
            return [option, text];
        }
    }

    /// <summary>The data of a fit, and how it is read: what the model scores for its threshold.</summary>
    public static List<string> Data(ParseResult fit)
    {
        // Behind '--', data may begin with a hyphen; here it stands among options.
        var arguments = fit.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value.StartsWith('-') && token.Value != TableFile.StandardInput ? $"./{token.Value}" : token.Value).ToList();
        foreach (var option in fit.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && ReadingOptions.Contains(option.Option.Name)))
        {
            // Once for each value: a second one behind a name would be a file.
            foreach (var value in option.Tokens)
                arguments.AddRange([option.Option.Name, value.Value]);
            if (option.Tokens.Count == 0)
                arguments.Add(option.Option.Name);
        }

        return arguments;
    }

    private static IDetectorTrainer Trainer(ParseResult fit) => TrainerSettings.Create(TrainerSettings.Of(
        fit.GetValue<string>("--detector")!, fit.GetValue<ulong>("--seed"), fit.GetValue<string[]>("--set") ?? [],
        fit.GetValue<string>("--threshold"), fit.GetValue<string>("--calibration"), fit.GetValue<string[]>("--missing") ?? [], fit.GetValue<string[]>("--dates") ?? [])).Trainer;
}
