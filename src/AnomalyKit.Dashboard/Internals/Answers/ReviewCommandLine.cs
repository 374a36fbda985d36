using AnomalyKit.Dashboard.Tables;

namespace AnomalyKit.Dashboard.Answers;

/// <summary>The command that learns from the labels of a table, with the model and the CSV options that the table was scored with: it runs as it is where the host was started.</summary>
internal static class ReviewCommandLine
{
    /// <param name="rows">The labeled table.</param>
    /// <param name="session">The file of the labels, as the host named it.</param>
    public static string Of(ScoredRows rows, string session)
    {
        string model = rows.Model.Source is { } path ? Near(path) : "MODEL";
        IEnumerable<string> words =
        [
            "anomalykit", "review", model, rows.FileName, .. Reading(rows), "--key", rows.KeyColumn!, "--session", session, "--no-questions", "--out", "NEW.akm",
        ];
        return string.Join(' ', words.Select(Quoted));
    }

    private static IEnumerable<string> Reading(ScoredRows rows)
    {
        if (rows.Csv is not { } csv)
            yield break;
        var usual = new CsvTableOptions();
        (string Option, string? Value)[] options =
        [
            ("--delimiter", csv.Delimiter is { } delimiter ? delimiter == '\t' ? "tab" : $"{delimiter}" : null),
            ("--decimal", csv.DecimalSeparator == usual.DecimalSeparator ? null : $"{csv.DecimalSeparator}"),
            ("--thousands", csv.ThousandsSeparator is { } thousands ? thousands == ' ' ? "space" : $"{thousands}" : null),
            ("--currency", Listed(csv.CurrencySigns)),
            ("--encoding", csv.EncodingName),
            ("--missing-marks", Listed(csv.MissingMarks.Except(usual.MissingMarks))),
        ];
        foreach (var (option, value) in options)
        {
            if (value is null)
                continue;
            yield return option;
            yield return value;
        }

        foreach (string format in csv.DateFormats)
        {
            yield return "--date-format";
            yield return format;
        }

        if (!csv.HasHeader)
            yield return "--no-header";
    }

    private static string? Listed(IEnumerable<string> words) => words.ToArray() is { Length: > 0 } some ? string.Join(',', some.Select(word => word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal))) : null;

    /// <summary>A path below the folder that the host was started in, from there.</summary>
    private static string Near(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : path;

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
