using AnomalyKit.Preparation;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns that probably say which rows are anomalies.</summary>
internal static class LabelFindings
{
    // What an anomaly is called: one of these words is enough, as in confirmed_fraud.
    private static readonly HashSet<string> Anomalies = new(StringComparer.OrdinalIgnoreCase)
    {
        "abnormal", "anomalies", "anomalous", "anomaly", "attack", "defect", "defective", "failure", "flagged", "fraud", "fraudulent", "intrusion", "malicious", "outlier", "outliers", "spam", "suspicious",
    };

    // What a label is called: beside other words these say something else, as in travel_class.
    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase) { "class", "flag", "ground", "label", "labels", "target", "true", "truth", "y" };

    public static IEnumerable<InspectionFinding> Of(IReadOnlyList<ColumnTally> tallies, IReadOnlyList<ColumnInspection> columns)
    {
        if (columns.Any(column => column.Role == ColumnRole.Label))
            yield break;
        for (int i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            if (column.Role != ColumnRole.Feature || column.DistinctCount != 2 || column.MissingCount > 0 || tallies[i] is DateTally)
                continue;
            // If the rarer one occurs once, it is not among the frequent values.
            long most = column.FrequentValues is [var value, ..] ? value.Count : 1;
            double rare = 1 - ((double)most / column.RowCount);
            if (IsLike(column.Name, rare))
                yield return Finding(column.Name, $"has two values, the rarer one in {RowText(column.RowCount - most)} ({Percent(rare)}), and is named like a label");
        }
    }

    public static IEnumerable<InspectionFinding> Of(ReferenceProfile profile)
    {
        foreach (var column in profile.Columns)
        {
            if (column.Kind == ColumnKind.DateTime || !HasTwoValues(column) || column.MissingFraction > 0 || column.SampledCount == 0)
                continue;
            double rare = RarerFraction(column);
            string fraction = rare == 0 ? "very few" : column.SampledCount < profile.RowCount ? $"about {Percent(rare)}" : Percent(rare);
            if (IsLike(column.Name, rare))
                yield return Finding(column.Name, $"was learned from. It has two values, the rarer one in {fraction} of the rows, and is named like a label");
        }
    }

    /// <summary>What to know of a column of yes and no that is missing in most rows, as if nobody had looked at these yet; null for any other column.</summary>
    public static InspectionFinding? OfUnknown(ColumnTally tally, ColumnInspection column, bool hasLabel) => !IsMostlyUnknown(tally, column) ? null : new(
        InspectionFindingKind.LikelyLabel,
        [column.Name],
        $"Column {Column(column.Name)} says yes or no in {RowText(column.PresentCount)} and is missing in the other {Count(column.MissingCount)} ({Percent((double)column.MissingCount / column.RowCount)}), like a label that is known of few rows.",
        hasLabel
            ? $"If it also says which rows are anomalies, leave it out with {Option("--ignore", column.Name)}: a detector must not see it. Otherwise leave it out as well, or say what becomes of its missing cells, which a fit refuses."
            : $"If it says which rows are anomalies, give {Option("--label", column.Name)}: a detector must not see it, and rows without a label are no obstacle then. Otherwise leave it out with {Option("--ignore", column.Name)}, because a fit refuses missing cells.",
        true);

    private static bool IsMostlyUnknown(ColumnTally tally, ColumnInspection column) =>
        column.DistinctCount == 2 && 2 * column.MissingCount > column.RowCount && tally switch
        {
            BooleanTally => true,
            NumberTally => column.Numbers is { Minimum: 0, Maximum: 1 },
            WordTally words => words.Words.Select(LabelWords.Read).ToHashSet().SetEquals([true, false]),
            _ => false,
        };

    // The values come from a sample, the extremes from all rows: the rarer value need not be in the sample.
    private static bool HasTwoValues(ColumnProfile column) => column.Sketch is null ? column.DistinctCount == 2 : column.DistinctCount <= 2 && column.Minimum != column.Maximum;

    private static double RarerFraction(ColumnProfile column)
    {
        if (column.Sketch is not { } sketch)
            return (double)column.LevelCounts.Min() / column.SampledCount;
        double least = sketch.Rank(column.Minimum!.Value);
        return Math.Min(least, 1 - least);
    }

    private static bool IsLike(string name, double rare)
    {
        string[] words = [.. Words(name)];
        return rare < 0.5 && words.Length > 0 && (words.Any(Anomalies.Contains) || words.All(Labels.Contains));
    }

    private static InspectionFinding Finding(string name, string what) => new(
        InspectionFindingKind.LikelyLabel,
        [name],
        $"Column {Column(name)} {what}.",
        $"A detector must not see which rows are anomalies. If the column tells it, give {Option("--label", name)}.",
        false);

    /// <summary>The words of a name: <c>is</c> and <c>fraud</c> of <c>isFraud</c> and <c>is_fraud</c>.</summary>
    private static IEnumerable<string> Words(string name)
    {
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetter(name[i]) || (i > start && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends)
                continue;
            if (i > start)
                yield return name[start..i];
            start = i < name.Length && char.IsLetter(name[i]) ? i : i + 1;
        }
    }
}
