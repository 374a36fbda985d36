using System.CommandLine;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which detector is fitted, with which options, and what becomes of missing cells and dates.</summary>
internal sealed class TrainerChoice
{
    private readonly Option<string> _detector = new("--detector")
    {
        Description = $"The detector: {string.Join(", ", DetectorTrainers.Names)}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DetectorTrainers.Recommended,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "An option of the detector by its name, as Option=Value; once for each. 'anomalykit inspect --detector NAME' lists them.",
        HelpName = "OPTION=VALUE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed of all random choices; 0 by default. The same seed gives the same model, bit for bit.", HelpName = "N" };

    private readonly Option<string> _threshold = new("--threshold")
    {
        Description = $"Where the line is drawn, for example contamination:0.002, or contamination:5/720 for 5 alerts in 720 rows. Rules: {string.Join(", ", ThresholdRule.TextForms)}.",
        HelpName = "RULE",
    };

    private readonly Option<string> _calibration = new("--calibration")
    {
        Description = $"What turns scores into p-values, for example conformal. Kinds: {string.Join(", ", ScoreCalibration.TextForms)}.",
        HelpName = "KIND",
    };

    private readonly Option<string[]> _missing = new("--missing")
    {
        Description = $"What becomes of missing cells, which are refused by default: {string.Join(", ", MissingCells.TextForms)}. For one column COLUMN=RULE, beside the rule for all others; once for each.",
        HelpName = "[COLUMN=]RULE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _dates = new("--dates")
    {
        Description = $"What of dates the detector sees: {string.Join(", ", DateWords.All)}, or several with commas between; automatic (the default) is the hour if dates have a time, and the weekday if the rows span two weeks. For one column COLUMN=PARTS; once for each.",
        HelpName = "[COLUMN=]PARTS",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command, bool withDetector = true)
    {
        if (withDetector)
            command.Options.Add(_detector);
        foreach (Option option in (Option[])[_set, _seed, _threshold, _calibration, _missing, _dates])
            command.Options.Add(option);
        _missing.CompletionSources.Add(_ => MissingCells.TextForms.Select(form => new System.CommandLine.Completions.CompletionItem(form.Replace("VALUE", "", StringComparison.Ordinal))));
        _dates.CompletionSources.Add(_ => DateWords.All.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        _detector.CompletionSources.Add(_ => DetectorTrainers.Names.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
    }

    public string Name(ParseResult parsed) => parsed.GetValue(_detector)!;

    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public TableTrainer Trainer(ParseResult parsed) => TrainerSettings.Create(Settings(parsed));

    /// <summary>The trainer of another name, with the options that were given.</summary>
    public TableTrainer Trainer(ParseResult parsed, string name) => TrainerSettings.Create(Settings(parsed, name));

    /// <summary>What was chosen, as parts of shards keep it.</summary>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed, string? name = null) => TrainerSettings.Of(
        name ?? Name(parsed), Seed(parsed), parsed.GetValue(_set)!, parsed.GetValue(_threshold), parsed.GetValue(_calibration), parsed.GetValue(_missing)!, parsed.GetValue(_dates)!);
}
