using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>Why rows have their scores, for people and programs.</summary>
internal static class ExplainedRowView
{
    public static void Print(ToolContext context, IReadOnlyList<ExplainedRow> explained, IReadOnlyList<string> kept)
    {
        foreach (var row in explained)
        {
            string cells = string.Join(", ", kept.Select(name => TextTable.Printable($"{name} {row.Values[name].Text(0) ?? "(missing)"}")));
            context.Text.WriteLine($"Row {row.Row}{(cells.Length > 0 ? $": {cells}" : "")}");
            foreach (string sentence in row.Explanation.Sentences)
                context.Text.WriteLine($"  {TextTable.Printable(sentence)}");
            context.Text.WriteLine();
        }
    }

    public static JsonNode Json(ExplainedRow row, IReadOnlyList<string> kept)
    {
        var explanation = row.Explanation;
        var attribution = explanation.Attribution;
        var contributions = new JsonObject();
        for (int i = 0; i < attribution.Contributions.Length; i++)
            contributions[attribution.Groups.Names[i]] = JsonText.Number(attribution.Contributions[i]);
        var json = new JsonObject
        {
            ["row"] = row.Row,
            ["score"] = explanation.Score,
            ["threshold"] = JsonText.Number(explanation.Threshold),
            ["label"] = explanation.IsAnomaly,
            ["p_value"] = explanation.PValue is { } p ? JsonText.Number(p) : null,
            ["p_value_is_least"] = explanation.PValue is null ? null : explanation.IsLeastPValue,
            ["baseline"] = JsonText.Number(attribution.Baseline),
            ["explained"] = JsonText.Number(attribution.Explained),
            ["explained_value"] = attribution.Info.ExplainedValue,
            ["contributions"] = contributions,
            ["reasons"] = new JsonArray([.. explanation.Reasons.Select(reason => (JsonNode)reason.Sentence)]),
            ["expected"] = new JsonObject(explanation.Reasons
                .Where(reason => reason.Expected is not null && row.Values[reason.ColumnName] is NumberColumn)
                .Select(reason => KeyValuePair.Create(reason.ColumnName, (JsonNode?)JsonText.Number(reason.Expected!.Value)))),
            ["filled"] = new JsonObject(explanation.FilledCells.Select(cell => KeyValuePair.Create(cell.ColumnName, (JsonNode?)cell.StandIn))),
            ["counterfactual"] = explanation.Counterfactual?.ToString(),
        };
        if (kept.Count > 0)
            json.Insert(1, "kept", new JsonObject(kept.Select(name => KeyValuePair.Create(name, (JsonNode?)row.Values[name].Text(0)))));
        return json;
    }
}
