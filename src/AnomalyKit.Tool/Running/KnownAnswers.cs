using System.Globalization;
using AnomalyKit.Tool.Output;

namespace AnomalyKit.Tool.Running;

/// <summary>Answers that the label column of the rows gives: a row whose label is known needs no question.</summary>
internal static class KnownAnswers
{
    /// <summary>The rows without the column of labels, which is nothing to be learned from or shown.</summary>
    public static FeatureTable WithoutLabels(FeatureTable table) => table.Schema.LabelIndex < 0
        ? table
        : table.SelectColumns(table.Schema.Fields.Where(field => field.Role != ColumnRole.Label).Select(field => field.Name));

    /// <summary>Gives a session the answers that it does not have yet, all of them at once: what people have said of a row stays.</summary>
    public static void Give(ToolContext context, TableFeedback feedback, string? keyColumn, bool?[] labels, string column, string analyst)
    {
        var session = feedback.Session;
        var answered = session.Answers.Select(answer => answer.Key).ToHashSet(StringComparer.Ordinal);
        var standing = answered.Except(session.OutdatedKeys).ToHashSet(StringComparer.Ordinal);
        FeedbackAnswer[] known = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] is not null).Select(row => new FeedbackAnswer(KeyOf(row), labels[row] == true ? FeedbackLabel.Anomaly : FeedbackLabel.Normal, analyst))];
        FeedbackAnswer[] given = [.. known.Where(answer => !standing.Contains(answer.Key))];
        int all = answered.Union(given.Select(answer => answer.Key)).Count();
        if (all > FeedbackSession.MaxAnswers)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"With the labels in '{column}', {all:N0} rows would have answers, and a session takes {FeedbackSession.MaxAnswers:N0} at most. With so many labels, train a classifier, or leave labels out of DATA."));
        }

        session.Answer(given);
        string kept = given.Length == known.Length ? "" : string.Create(CultureInfo.InvariantCulture, $"; the answers that {known.Length - given.Length:N0} of these rows had before stay as they were");
        context.Say($"{LabelCounts.Of(labels).Text(column)} The known ones are answers now{kept}.");

        string KeyOf(int row) => keyColumn is null ? row.ToString(CultureInfo.InvariantCulture) : feedback.Table[keyColumn].Text(row)!;
    }
}
