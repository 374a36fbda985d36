using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>What is searched, how, and by which metric.</summary>
internal sealed class SearchChoice
{
    private readonly Option<int> _trials = new("--trials") { Description = "How many settings are tried; 40 by default.", HelpName = "N", DefaultValueFactory = _ => 40 };
    private readonly Option<string> _metric = new("--metric") { Description = "What settings are judged by: average_precision (the default), roc_auc, best_f1, precision_at_k:100, recall_at_k:100, recall_at_false_positive_rate:0.01.", HelpName = "NAME", DefaultValueFactory = _ => "average_precision" };
    private readonly Option<string> _sampler = new("--sampler") { Description = $"Which setting comes next: {string.Join(", ", SearchSamplers.Names)}; tpe by default.", HelpName = "NAME", DefaultValueFactory = _ => SearchSamplers.Names[0] };
    private readonly Option<int> _outer = new("--outer-folds") { Description = "How often the whole search is repeated to estimate what it is worth on new rows; 4 by default, 0 for no estimate.", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<bool> _prune = new("--prune") { Description = "Gives up settings that do badly on a part of the rows (successive halving). Without effect if a third of the rows that a detector is fitted on is fewer than 500." };
    private readonly Option<string[]> _space = new("--space")
    {
        Description = $"What an option may be, once for each option: {string.Join(", ", SearchDimension.TextForms)}. By default the options of the detector that matter most.",
        HelpName = "OPTION=RANGE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_trials, _space, _sampler, _metric, _prune, _outer])
            command.Options.Add(option);
    }

    public DetectorSearch Search(ParseResult parsed, TableTrainer trainer, ValidationSplit split, ulong seed)
    {
        try
        {
            string[] space = parsed.GetValue(_space)!;
            return new DetectorSearch(trainer)
            {
                TrialCount = parsed.GetValue(_trials),
                Space = space.Length == 0 ? null : new SearchSpace([.. space.Select(SearchDimension.Parse)]),
                Sampler = SearchSamplers.Parse(parsed.GetValue(_sampler)!, seed),
                Metric = SearchMetric.Parse(parsed.GetValue(_metric)!),
                Split = split,
                OuterFolds = parsed.GetValue(_outer),
                Pruning = parsed.GetValue(_prune) ? new SuccessiveHalving() : null,
                Seed = seed,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }
}
