using System.Globalization;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns of numbers that move together.</summary>
internal static class CorrelationFindings
{
    private const int MinRows = 50;
    // Two columns that differ from their usual number in one and the same row would agree exactly.
    private const int MinVarying = 20;
    private const int MaxNames = 5;

    /// <summary>Compares the columns of a sample.</summary>
    /// <param name="sample">The rows, and the first columns of numbers.</param>
    /// <param name="numberColumns">The positions of all feature columns of numbers.</param>
    /// <param name="names">The names of all columns of the table.</param>
    /// <param name="excluded">Names of columns that are not compared: others stand for them, or they only name rows.</param>
    /// <param name="parallel">Threads.</param>
    /// <returns>Every pair that moves together, and the sums of what was compared.</returns>
    public static (ColumnCorrelation[] Pairs, TableCorrelations Correlations) Of(
        CorrelationSample sample, IReadOnlyCollection<int> numberColumns, IReadOnlyList<string> names, IReadOnlySet<string> excluded, ParallelOptions parallel)
    {
        int[] compared = [.. Enumerable.Range(0, sample.Columns.Count).Where(i => !excluded.Contains(names[sample.Columns[i]]))];
        var ranked = new RankedColumn[compared.Length];
        var found = new List<ColumnCorrelation>[compared.Length];
        Parallel.For(0, compared.Length, parallel, i => ranked[i] = new RankedColumn(sample.Numbers(compared[i])));
        Parallel.For(0, compared.Length, parallel, i => found[i] = Partners(i));
        ColumnCorrelation[] pairs = [.. found.SelectMany(some => some).OrderByDescending(pair => Math.Abs(pair.RankCorrelation))];
        var positions = compared.ToDictionary(i => names[sample.Columns[i]], StringComparer.Ordinal);
        Parallel.For(0, Math.Min(pairs.Length, TableCorrelations.MaxPairs), parallel, i => pairs[i] = Shaped(pairs[i]));
        return (pairs, new TableCorrelations([.. pairs.Take(TableCorrelations.MaxPairs)], pairs.Length, compared.Length, numberColumns.Count(column => !excluded.Contains(names[column])), sample.RowCount));

        ColumnCorrelation Shaped(ColumnCorrelation pair) => pair with
        {
            IsCurved = RelationShape.IsCurved(sample.Numbers(positions[pair.FirstColumn]), sample.Numbers(positions[pair.SecondColumn]), pair.RankCorrelation > 0),
        };

        List<ColumnCorrelation> Partners(int first)
        {
            var partners = new List<ColumnCorrelation>();
            if (ranked[first].VaryingCount < MinVarying)
                return partners;
            for (int second = first + 1; second < ranked.Length; second++)
            {
                var (correlation, rows) = ranked[first].With(ranked[second]);
                if (rows >= MinRows && ranked[second].VaryingCount >= MinVarying && Math.Abs(correlation) >= TableCorrelations.MinCorrelation)
                    partners.Add(new ColumnCorrelation(names[sample.Columns[compared[first]]], names[sample.Columns[compared[second]]], correlation, rows));
            }

            return partners;
        }
    }

    /// <summary>One finding for each set of columns that hang together by pairs.</summary>
    public static IEnumerable<InspectionFinding> Findings(ColumnCorrelation[] pairs, TableCorrelations correlations, IReadOnlyList<string> names, long rowCount)
    {
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pair in pairs)
            Join(groups, pair.FirstColumn, pair.SecondColumn);
        var order = names.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => item.i, StringComparer.Ordinal);
        return groups.Values.Distinct()
            .Select(group => group.OrderBy(name => order[name]).ToArray())
            .OrderBy(group => order[group[0]])
            .Select(group => Finding(group, [.. pairs.Where(pair => group.Contains(pair.FirstColumn))], correlations, rowCount));
    }

    private static void Join(Dictionary<string, List<string>> groups, string first, string second)
    {
        var group = groups.GetValueOrDefault(first) ?? (groups[first] = [first]);
        var other = groups.GetValueOrDefault(second) ?? (groups[second] = [second]);
        if (group == other)
            return;
        group.AddRange(other);
        foreach (string name in other)
            groups[name] = group;
    }

    private static InspectionFinding Finding(string[] columns, ColumnCorrelation[] pairs, TableCorrelations correlations, long rowCount)
    {
        var strongest = pairs[0];
        string correlation = strongest.RankCorrelation.ToString("0.00", CultureInfo.InvariantCulture);
        string sample = correlations.RowCount < rowCount ? $" in a sample of {RowText(correlations.RowCount)}" : string.Empty;
        string listed = string.Join(", ", columns.Take(MaxNames).Select(Column)) + (columns.Length > MaxNames ? $" and {columns.Length - MaxNames} more" : string.Empty);
        string message = columns.Length == 2
            ? $"Columns {Column(columns[0])} and {Column(columns[1])} move together: their rank correlation is {correlation}{sample}."
            : $"{columns.Length} columns move together, each with at least one of the others: {listed}; most closely {Column(strongest.FirstColumn)} and {Column(strongest.SecondColumn)}, with a rank correlation of {correlation}{sample}.";
        string left = correlations.IsComplete ? string.Empty : $" Only the first {Count(correlations.ComparedColumnCount)} of {Count(correlations.ComparableColumnCount)} columns of numbers were compared.";
        return new(
            InspectionFindingKind.CorrelatedColumns,
            columns,
            message + left,
            $"A row can break such a relation although each of its values is usual. {Advice(columns, pairs.FirstOrDefault(pair => pair.IsCurved))}",
            false);
    }

    private static string Advice(string[] columns, ColumnCorrelation? curved)
    {
        if (curved is null)
            return "The elliptic envelope looks for such rows (--detector elliptic-envelope). The recommended ensemble finds the clear ones, and the isolation forest misses most of them.";
        const string Remedy = "is curved, and local outlier factor looks for rows that leave a curve (--detector local-outlier-factor --set Scaling=standard).";
        return columns.Length == 2
            ? $"This relation {Remedy} The elliptic envelope looks for breaks of straight relations."
            : $"The elliptic envelope looks for breaks of straight relations (--detector elliptic-envelope). The relation of {Column(curved.FirstColumn)} and {Column(curved.SecondColumn)} {Remedy}";
    }
}
