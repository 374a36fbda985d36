using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What searches found, for people and programs.</summary>
internal static class SearchView
{
    private const int ShownTrials = 10;

    public static void Write(ToolContext context, IReadOnlyList<FoundDetector> found)
    {
        foreach (var one in found)
            WriteTrials(context, one);
        if (found.Count > 1)
            WriteEstimates(context, found);
        foreach (var one in found)
            WriteAdvice(context, one.Name, one.Result);
    }

    public static JsonObject ToJson(FoundDetector one)
    {
        var result = one.Result;
        return new JsonObject
        {
            ["detector"] = one.Name,
            ["metric"] = result.MetricName,
            ["settings"] = Options(result.Best),
            ["best_value"] = JsonText.Number(result.BestValue),
            ["default_value"] = Optional(result.Default.Value),
            ["estimate"] = Estimate(result.Estimate),
            ["default_estimate"] = Estimate(result.DefaultEstimate),
            ["estimate_problem"] = result.EstimateProblem,
            ["is_unsettled"] = result.IsUnsettled,
            ["outer_settings"] = new JsonArray([.. result.OuterBest.Select(trial => (JsonNode)Options(trial))]),
            ["folds"] = result.FoldCount,
            ["pruning"] = result.Pruning?.ToString(),
            ["trials"] = new JsonArray([.. result.Trials.Select(trial => (JsonNode)new JsonObject
            {
                ["trial"] = trial.Number,
                ["state"] = trial.State.ToString().ToLowerInvariant(),
                ["value"] = Optional(trial.Value),
                ["settings"] = Options(trial),
                ["problem"] = trial.Problem,
            })]),
        };
    }

    private static void WriteTrials(ToolContext context, FoundDetector one)
    {
        var result = one.Result;
        var table = new TextTable("trial", $">{result.MetricName}", "state", "options");
        var shown = result.Trials
            .OrderByDescending(trial => trial == result.Best)
            .ThenBy(trial => trial.State)
            .ThenByDescending(trial => trial.Value is { } value ? one.Signed(value) : double.NegativeInfinity)
            .Take(ShownTrials)
            .Prepend(result.Default);
        foreach (var trial in shown)
        {
            table.Row(
                trial.Number < 0 ? "defaults" : trial.Number.ToString(CultureInfo.InvariantCulture),
                Number(trial.Value),
                trial == result.Best ? "best" : trial.State.ToString().ToLowerInvariant(),
                trial.Problem ?? string.Join(", ", trial.Options.Select(option => $"{option.Key}={option.Value}")));
        }

        context.Text.WriteLine($"{one.Name}, {result.Trials.Count} trials on {result.FoldCount} folds:");
        table.Write(context);
    }

    private static void WriteEstimates(ToolContext context, IReadOnlyList<FoundDetector> found)
    {
        var table = new TextTable("detector", ">tuned, on new rows", "interval", ">by its defaults");
        foreach (var (name, _, result) in found)
            table.Row(name, Number(result.Estimate?.Value), Interval(result.Estimate), Number(result.DefaultEstimate?.Value));
        table.Write(context);
    }

    private static void WriteAdvice(ToolContext context, string name, SearchResult result)
    {
        string settings = result.Best.Options.Count == 0 ? "the defaults: no other setting was better" : Settings(result.Best);
        context.Text.WriteLine($"Best: --detector {name} {settings}");
        context.Text.WriteLine($"{result.MetricName} {Number(result.BestValue)} on the rows that it was selected on, which is too good to be true.");
        if (result.Estimate is { } estimate)
        {
            context.Text.WriteLine(
                $"On new rows expect {Number(estimate.Value)} ({Interval(estimate)}, from {estimate.AnomalyCount} anomalies); by the defaults {(result.DefaultEstimate is { } start ? $"{Number(start.Value)} ({Interval(start)})" : "no value, because they cannot be fitted")}.");
        }

        if (result.IsUnsettled)
        {
            context.Text.WriteLine("That is better than the value above. It is measured with the settings that searches on parts of the rows selected, and these may be better than this one. Give more --trials, or try them:");
            foreach (var trial in result.OuterBest)
                context.Text.WriteLine($"  {(trial.Options.Count == 0 ? "the defaults" : Settings(trial))}");
        }

        if (result.Estimate is null)
        {
            context.Text.WriteLine($"What it is worth on new rows is not known: {result.EstimateProblem ?? "no outer folds were asked for"}");
        }
    }

    private static string Settings(SearchTrial trial) => string.Join(' ', trial.Options.Select(option => $"--set {option.Key}={option.Value}"));

    private static string Interval(SearchEstimate? estimate) => estimate is null ? "-" : $"{Number(estimate.Low)} to {Number(estimate.High)} at {estimate.Level.ToString("P0", CultureInfo.InvariantCulture)}";

    private static string Number(double? value) => value is null or double.NaN ? "-" : value.Value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static JsonNode? Optional(double? value) => value is { } number ? JsonText.Number(number) : null;

    private static JsonObject Options(SearchTrial trial) => new(trial.Options.Select(option => KeyValuePair.Create<string, JsonNode?>(option.Key, option.Value)));

    private static JsonObject? Estimate(SearchEstimate? estimate) => estimate is null ? null : new JsonObject
    {
        ["value"] = JsonText.Number(estimate.Value),
        ["low"] = JsonText.Number(estimate.Low),
        ["high"] = JsonText.Number(estimate.High),
        ["level"] = estimate.Level,
        ["method"] = estimate.IntervalMethod,
        ["anomalies"] = estimate.AnomalyCount,
        ["folds"] = new JsonArray([.. estimate.FoldValues.Select(value => JsonText.Number(value))]),
    };
}
