using System.CommandLine;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which columns are used, and as what.</summary>
internal sealed class ColumnOptions
{
    private readonly Option<string> _label = new("--label") { Description = "The column that says which rows are anomalies (1, true, yes, anomaly …). It is never learned from.", HelpName = "COL" };
    private readonly Option<string[]> _columns = ListOption.Create("--columns", "The columns to learn from; by default all that are left.");
    private readonly Option<string[]> _ignore = ListOption.Create("--ignore", "Columns to leave out.");
    private readonly Option<string[]> _id = ListOption.Create("--id", "Columns that name the row and are not learned from.");
    private readonly Option<string> _weight = new("--weight") { Description = "The column that says how often a row counts.", HelpName = "COL" };
    private readonly Option<string[]> _kinds = ListOption.Create("--kind", "What a column holds: number, category (or text), boolean or datetime (or date), as COL=KIND.", "COL=KIND");

    public void AddTo(Command command, bool labelIsRequired = false)
    {
        _label.Required = labelIsRequired;
        foreach (Option option in (Option[])[_label, _columns, _ignore, _id, _weight, _kinds])
            command.Options.Add(option);
    }

    public string? Label(ParseResult parsed) => parsed.GetValue(_label);

    /// <param name="parsed">The command line.</param>
    /// <param name="besides">Columns that are needed besides; they ride along as ids where they are not among those to learn from.</param>
    public TableLayout Layout(ParseResult parsed, IEnumerable<string>? besides = null) => new()
    {
        Columns = parsed.GetValue(_columns) is { Length: > 0 } columns ? columns : null,
        IgnoredColumns = parsed.GetValue(_ignore)!,
        IdColumns = [.. parsed.GetValue(_id)!.Union((besides ?? []).Except(parsed.GetValue(_columns)!))],
        LabelColumn = parsed.GetValue(_label),
        WeightColumn = parsed.GetValue(_weight),
        Kinds = parsed.GetValue(_kinds)!.Select(Kind).ToDictionary(kind => kind.Key, kind => kind.Value),
    };

    private static KeyValuePair<string, ColumnKind> Kind(string text)
    {
        int at = text.LastIndexOf('=');
        return (at < 1 ? string.Empty : text[(at + 1)..].ToLowerInvariant()) switch
        {
            "number" => new(text[..at], ColumnKind.Number),
            "category" or "text" => new(text[..at], ColumnKind.Category),
            "boolean" => new(text[..at], ColumnKind.Boolean),
            "datetime" or "date" => new(text[..at], ColumnKind.DateTime),
            _ => throw new Running.UsageException($"--kind takes COL=KIND with number, category, boolean or datetime, not '{text}'."),
        };
    }
}
