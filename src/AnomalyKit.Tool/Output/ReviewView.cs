using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>What a review shows.</summary>
internal static class ReviewView
{
    /// <summary>A row with its cells and reasons, on standard error: results are on standard output.</summary>
    public static void Write(ToolContext context, TableFeedback feedback, FeedbackQuestion question)
    {
        context.Errors.WriteLine();
        context.Errors.WriteLine($"Row {TextTable.Printable(question.Key)} ({feedback.Session.Summary})");
        foreach (var column in feedback.Table.Columns)
            context.Errors.WriteLine($"  {TextTable.Printable(column.Name)}: {TextTable.Printable(column.Text(question.Row) ?? "(missing)")}");
        foreach (string sentence in feedback.Explain(question).Sentences)
            context.Errors.WriteLine($"  {TextTable.Printable(sentence)}");
    }

    public static JsonNode Json(TableFeedback feedback)
    {
        var summary = feedback.Session.Summary;
        var document = JsonText.Document("review");
        document["shown"] = summary.ShownCount;
        document["anomalies"] = summary.AnomalyCount;
        document["normals"] = summary.NormalCount;
        document["unsure"] = summary.UnsureCount;
        document["disputed"] = new JsonArray([.. summary.Disputed.Select(key => (JsonNode)key)]);
        return document;
    }
}
