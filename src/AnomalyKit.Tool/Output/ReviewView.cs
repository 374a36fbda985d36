using System.Globalization;
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

    /// <summary>What is on disk in the end, and what it changes.</summary>
    public static void Close(ToolContext context, TableFeedback feedback, string session, string? model)
    {
        var summary = feedback.Session.Summary;
        int learned = summary.AnomalyCount + summary.NormalCount;
        string answers = learned == 1 ? "1 answer" : $"{learned} answers";
        if (File.Exists(session))
            context.Say($"The answers are in '{session}'.");
        if (learned == 0 && model is null)
            return;
        context.Say(model is null
            ? $"No model was saved. To save one that has learned from {answers}, run the same command with --out MODEL, and end it with q, or add --no-questions."
            : $"The model that has learned from {answers} is in '{model}'.");
    }

    /// <summary>What a detector that has learned does not have from the one that it started from.</summary>
    public static void SayWhatIsNew(ToolContext context, TableDetector before, TableDetector learned, int rows)
    {
        if (learned.Detector is not FeedbackDetector)
            return;
        string alerts = learned.AlertFraction() is { } fraction ? string.Create(CultureInfo.InvariantCulture, $": {Math.Round(fraction * rows):N0} of them are alerts, about as many as before") : "";
        context.Say(string.Create(CultureInfo.InvariantCulture, $"Its threshold was set on the {rows:N0} rows of this session{alerts}. In other rows the number of alerts can change: 'anomalykit threshold MODEL DATA --rule RULE --out FILE' sets the threshold on those."));
        if (before.Detector.Calibrator is ConformalCalibrator aside)
            context.Say(string.Create(CultureInfo.InvariantCulture, $"Its p-values are ranks among these rows. The conformal calibration of the model before, on {aside.CalibrationRowCount:N0} rows set aside, does not hold for the new scores."));
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
