using System.Globalization;
using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Composes the errors of one file: where, what, and what to do.</summary>
internal sealed class CsvErrors(string? path)
{
    private const int LongestValue = 60;

    private string Name => path is null ? "CSV stream" : Path.GetFileName(path);

    public CsvFormatException File(string problem, Exception? inner = null) =>
        new($"{Name}: {problem}", path, null, null, null, null, inner);

    public CsvFormatException Column(string columnName, string problem) => new($"{Name}: {problem}", path, null, null, columnName, null);

    public CsvFormatException Line(long line, string problem, string? value = null, Exception? inner = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name}, line {line}: {problem}"), path, line, null, null, value, inner);

    public CsvFormatException Cell(long line, int column, string columnName, string? value, string problem, Exception? inner = null)
    {
        string named = columnName.Length > 0
            ? $"column '{Printable(columnName)}'"
            : string.Create(CultureInfo.InvariantCulture, $"column {column}");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Name}, line {line}, {named}: {problem}"),
            path, line, column, columnName.Length > 0 ? columnName : null, value, inner);
    }

    /// <summary>The same error with something added to its message.</summary>
    public static CsvFormatException Extend(CsvFormatException error, string addition) =>
        new($"{error.Message} {addition}", error.Path, error.Line, error.Column, error.ColumnName, error.Value, error.InnerException);

    /// <summary>A text of the file as it can stand in a message: cut where it is long, invisible characters escaped.</summary>
    public static string Printable(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder();
        foreach (char c in text[..Math.Min(text.Length, LongestValue)])
        {
            if (StrangeCharacters.IsInvisible(c))
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                builder.Append(c);
        }

        if (text.Length > LongestValue)
            builder.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
        return builder.ToString();
    }

    /// <summary>Names for a message: the first dozens, not thousands.</summary>
    public static string List(IReadOnlyCollection<string> names, string what = "columns")
    {
        const int Most = 40;
        string list = string.Join(", ", names.Take(Most).Select(name => Printable(name)));
        return names.Count <= Most ? list : string.Create(CultureInfo.InvariantCulture, $"{list}, … ({names.Count} {what})");
    }
}
