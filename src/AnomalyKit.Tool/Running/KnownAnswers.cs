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

    /// <summary>Gives the answers to a session, all of them at once.</summary>
    public static void Give(ToolContext context, TableFeedback feedback, string? keyColumn, bool?[] labels, string column, string analyst)
    {
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] is not null)];
        if (known.Length > FeedbackSession.MaxAnswers)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{known.Length:N0} rows have a label in '{column}', and a session takes {FeedbackSession.MaxAnswers:N0} answers at most. With so many labels, train a classifier, or leave labels out of DATA."));
        feedback.Session.Answer(known.Select(row => new FeedbackAnswer(KeyOf(row), labels[row] == true ? FeedbackLabel.Anomaly : FeedbackLabel.Normal, analyst)));
        context.Say($"{LabelCounts.Of(labels).Text(column)} The known ones are answers now.");

        string KeyOf(int row) => keyColumn is null ? row.ToString(CultureInfo.InvariantCulture) : feedback.Table[keyColumn].Text(row)!;
    }
}
