using System.Globalization;

namespace AnomalyKit;

/// <summary>What the values of trials depend on besides their points: a search is only gone on with where all of it is the same.</summary>
internal static class SearchFacts
{
    public static Dictionary<string, string> Of(SearchPlan plan) => new()
    {
        ["trainer"] = plan.Start.Trainer.GetType().Name,
        ["options"] = string.Join(' ', TrainerOptions.Read(plan.Start.Trainer).Select(option => $"{option.Name}={option.Value}")),
        ["metric"] = plan.Search.Metric.Name,
        ["split"] = plan.Search.Split.ToString()!,
        ["seed"] = plan.Search.Seed.ToString(CultureInfo.InvariantCulture),
        ["rows"] = plan.Rows.Count.ToString(CultureInfo.InvariantCulture),
        ["data"] = plan.Rows.Hash.Value,
    };
}
