using System.Globalization;

namespace AnomalyKit;

/// <summary>What the values of trials depend on besides their points: a search is only gone on with where all of it is the same.</summary>
internal static class SearchFacts
{
    public static Dictionary<string, string> Of(SearchPlan plan)
    {
        var facts = Always(plan);
        if (plan.Start.Preparation is { } preparation)
            facts["preparation"] = Text(preparation);
        if (plan.Rows.Roles.Length > 0)
            facts["roles"] = plan.Rows.Roles;
        if (plan.Pruning is not null)
            facts["rungs"] = "numbers of neighbors in proportion, no random starts";
        return facts;
    }

    private static Dictionary<string, string> Always(SearchPlan plan) => new()
    {
        ["trainer"] = plan.Start.Trainer.GetType().Name,
        ["options"] = string.Join(' ', TrainerOptions.Read(plan.Start.Trainer).Select(option => $"{option.Name}={option.Value}")),
        ["metric"] = plan.Search.Metric.Name,
        ["split"] = $"{plan.Search.Split} {plan.Search.Split.Drawing}".TrimEnd(),
        ["seed"] = plan.Search.Seed.ToString(CultureInfo.InvariantCulture),
        ["rows"] = plan.Rows.Count.ToString(CultureInfo.InvariantCulture),
        ["data"] = plan.Rows.Hash.Value,
    };

    private static string Text(TablePreparation preparation)
    {
        var columns = preparation.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)
            .Select(column => $"{column.Key}=({column.Value.Missing},{column.Value.Categories},{column.Value.Dates},{string.Join('|', column.Value.Levels ?? [])})");
        return FormattableString.Invariant($"{preparation.Missing} {preparation.Categories} {preparation.Dates} {preparation.MaxOneHotLevels} {string.Join(' ', columns)}").TrimEnd();
    }
}
