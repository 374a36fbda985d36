using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What criteria without labels say of detectors.</summary>
internal static class CriteriaView
{
    public static void Write(ToolContext context, UnlabeledSelectionResult result)
    {
        var table = new TextTable(["detector", .. result.Criteria.Select(criterion => ">" + criterion.Name), ">mean rank"]);
        foreach (var candidate in result.Candidates.OrderBy(candidate => candidate.MeanRank))
            table.Row([candidate.Name, .. candidate.Values.Select(value => Number(value.Value)), candidate.MeanRank.ToString("0.0", CultureInfo.InvariantCulture)]);
        table.Write(context);
        foreach (var (candidate, problem) in result.Candidates.SelectMany(candidate => candidate.Values.Where(value => value.Problem is not null).Select(value => (candidate.Name, value.Problem!)).Take(1)))
            context.Text.WriteLine($"{candidate}: {problem}");
        context.Text.WriteLine($"The criteria agree on the order by {Number(result.MeanAgreement)} (Kendall's tau: 1 is full agreement, 0 none). None of them is accuracy.");
        context.Text.WriteLine("Without labels, use the recommended ensemble. For a better choice, label at least 20 rows, including some anomalies, and use --label.");
    }

    public static JsonObject ToJson(UnlabeledSelectionResult result)
    {
        var document = JsonText.Document("criteria");
        document["criteria"] = new JsonArray([.. result.Criteria.Select(criterion => (JsonNode)criterion.Name)]);
        document["detectors"] = new JsonArray([.. result.Candidates.Select(candidate => (JsonNode)new JsonObject
        {
            ["detector"] = candidate.Name,
            ["values"] = new JsonObject(result.Criteria.Zip(candidate.Values, (criterion, value) => KeyValuePair.Create(criterion.Name, JsonText.Number(value.Value)))),
            ["mean_rank"] = candidate.MeanRank,
        })]);
        document["agreements"] = new JsonArray([.. result.Agreements.Select(agreement => (JsonNode)new JsonObject { ["criterion"] = agreement.Criterion, ["other"] = agreement.Other, ["tau"] = JsonText.Number(agreement.Tau) })]);
        return document;
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
