using AnomalyKit.Csv;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns of words that are numbers, but for a few cells or for how they are written.</summary>
internal static class NumberWordFindings
{
    private const double Mostly = 0.9;

    /// <summary>How the reason ends by which a reader takes a column for words.</summary>
    private const string NotNumber = " is not a number";

    /// <summary>Looks at a column of a table.</summary>
    public static InspectionFinding? Of(WordTally words, ColumnInspection column, bool isIdentifier)
    {
        long present = column.PresentCount;
        if (words.Written.IsFound)
            return Written(words.Written, column.Name, present, isIdentifier);
        if (words.NumberCount + words.InfiniteCount < Mostly * present || words.NumberCount == 0)
            return null;
        if (words.NumberCount < present)
            return Among(column.Name, words.NumberCount, present, words.NotNumbers, isIdentifier);
        return words.HasFractions && column.Origin.EndsWith(NotNumber, StringComparison.Ordinal) ? OtherPoint(column, isIdentifier) : null;
    }

    /// <summary>Looks at the columns that a detector has learned from as words.</summary>
    public static IEnumerable<InspectionFinding> Of(ReferenceProfile profile)
    {
        foreach (var column in profile.Columns.Where(column => column.Kind == ColumnKind.Category))
        {
            var written = new WrittenNumbers();
            var others = new SortedDictionary<string, long>(StringComparer.Ordinal);
            long numbers = 0;
            long infinite = 0;
            for (int i = 0; i < column.Levels.Count; i++)
            {
                var (word, count) = (column.Levels[i], column.LevelCounts[i]);
                written.See(word, count);
                infinite += InfiniteWords.Contains(word) ? count : 0;
                if (CellParser.TryParse(word, out double number) && double.IsFinite(number))
                    numbers += count;
                else
                    others[word] = count;
            }

            long present = column.LevelCounts.Sum();
            if (written.IsFound)
                yield return Written(written, column.Name, present, isIdentifier: false);
            else if (numbers > 0 && numbers < present && numbers + infinite >= Mostly * present)
                yield return Among(column.Name, numbers, present, others, isIdentifier: false);
        }
    }

    private static InspectionFinding Written(WrittenNumbers written, string name, long present, bool isIdentifier)
    {
        string[] units = [.. written.Units.Select(Column)];
        string how = units.Length == 0 ? "in a notation that is not read" : $"with {string.Join(" or ", units)} beside them";
        string remedy = written.Options switch
        {
            null => "They are written in several ways, so no options read all of them; correct the column in the source.",
            { } options when units.Length > 1 => $"If all units mean the same, {Options(options)} reads the numbers of a CSV file; otherwise bring them to one unit in the source.",
            { } options => $"{Options(options)} reads the numbers of a CSV file{(units is ["'%'"] ? " (12 % as 12)" : string.Empty)}; elsewhere, let the source hold the numbers alone.",
        };
        string rest = written.OtherCount == 0 ? string.Empty : $" {Cells(written.OtherCount)} with something else must be corrected, or named with --missing-marks if nothing is known there.";
        return new(
            InspectionFindingKind.WrittenNumbers,
            [name],
            $"Column {Column(name)} holds numbers {how} in {Count(written.Count)} of {Count(present)} cells, such as {Column(written.Example)}.",
            $"{Taken(isIdentifier)}. {remedy}{rest}",
            isIdentifier);
    }

    private static InspectionFinding Among(string name, long numbers, long present, IReadOnlyDictionary<string, long> others, bool isIdentifier)
    {
        string words = string.Join(", ", others.OrderByDescending(pair => pair.Value).Take(3).Select(pair => Column(pair.Key)));
        string[] infinite = [.. others.Keys.Where(InfiniteWords.Contains)];
        string remedy = infinite.Length == 0
            ? "name such words with --missing-marks if they mean that nothing is known, or correct them in the source"
            : $"no detector takes infinite numbers, so write a large finite one in the source, or count these cells as missing with --missing-marks={string.Join(',', infinite)} and --missing median";
        return new(
            InspectionFindingKind.NumbersAmongWords,
            [name],
            $"Column {Column(name)} holds numbers in {Count(numbers)} of {Count(present)} cells, and otherwise words such as {words}.",
            $"{Taken(isIdentifier)}; {remedy}.",
            isIdentifier);
    }

    private static InspectionFinding OtherPoint(ColumnInspection column, bool isIdentifier) => new(
        InspectionFindingKind.WrittenNumbers,
        [column.Name],
        $"Column {Column(column.Name)} holds numbers with a decimal point in {Count(column.PresentCount)} cells, but a decimal comma was asked for.",
        $"{Taken(isIdentifier)}. Name the columns that have the comma with --local-columns; the numbers of all others are then read with a point.",
        isIdentifier);

    private static string Taken(bool isIdentifier) => $"All of them are taken for categories{(isIdentifier ? ", and a fit refuses so many" : string.Empty)}";

    private static string Cells(long count) => count == 1 ? "1 cell" : $"{Count(count)} cells";

    /// <summary>Options of the command that read numbers.</summary>
    private static string Options(CsvTableOptions options)
    {
        var words = new List<string>();
        if (options.CurrencySigns.Count > 0)
            words.Add(Option("--currency", string.Join(',', options.CurrencySigns)));
        if (options.DecimalSeparator == ',')
            words.Add("--decimal ,");
        if (options.ThousandsSeparator is { } mark)
            words.Add(mark switch { ' ' => "--thousands space", '\'' => "--thousands \"'\"", _ => $"--thousands {mark}" });
        return string.Join(" with ", words);
    }
}
