using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Which columns are used, and as what.</summary>
internal sealed class ColumnOptions
{
    private readonly LabelOptions _label = new("The column that says which rows are anomalies (1, true, yes). It is never learned from; cells may be empty where nobody knows.");
    private readonly Option<string[]> _columns = ListOption.Create("--columns", "The columns to learn from; by default all that are left.");
    private readonly Option<string[]> _ignore = ListOption.Create("--ignore", "Columns to leave out.");
    private readonly Option<string[]> _id = ListOption.Create("--id", "Columns that name the row and are not learned from.");
    private readonly Option<string> _weight = new("--weight") { Description = "The column that says how often a row counts.", HelpName = "COL" };
    private readonly Option<string[]> _kinds = ListOption.Create("--kind", "What a column holds: number, category (or text), boolean or datetime (or date), as COL=KIND.", "COL=KIND");

    public void AddTo(Command command, bool labelIsRequired = false)
    {
        _label.AddTo(command, labelIsRequired);
        foreach (Option option in (Option[])[_columns, _ignore, _id, _weight, _kinds])
            command.Options.Add(option);
    }

    public string? Label(ParseResult parsed) => _label.Column(parsed);

    /// <summary>What the words of the label mean.</summary>
    public LabelMarks LabelMarks(ParseResult parsed) => _label.Marks(parsed);

    /// <param name="parsed">The command line.</param>
    /// <param name="besides">Columns that are needed besides; they ride along as ids where they are not among those to learn from.</param>
    public TableLayout Layout(ParseResult parsed, IEnumerable<string>? besides = null) => new()
    {
        Columns = parsed.GetValue(_columns) is { Length: > 0 } columns ? columns : null,
        IgnoredColumns = parsed.GetValue(_ignore)!,
        IdColumns = [.. parsed.GetValue(_id)!.Union((besides ?? []).Except(parsed.GetValue(_columns)!))],
        LabelColumn = Label(parsed),
        WeightColumn = parsed.GetValue(_weight),
        Kinds = Kinds(parsed),
    };

    private Dictionary<string, ColumnKind> Kinds(ParseResult parsed)
    {
        var kinds = new Dictionary<string, ColumnKind>();
        foreach (var (column, kind) in parsed.GetValue(_kinds)!.Select(Kind))
        {
            if (!kinds.TryAdd(column, kind))
                throw new UsageException($"--kind says twice what the column '{column}' holds.");
        }

        foreach (var (column, kind) in LabelMarks(parsed).Kinds(Label(parsed)))
        {
            if (!kinds.TryAdd(column, kind) && kinds[column] != kind)
                throw new UsageException($"--anomaly-label compares words, so the column '{column}' is read as a category. Leave out its --kind.");
        }

        return kinds;
    }

    private static KeyValuePair<string, ColumnKind> Kind(string text)
    {
        int at = text.LastIndexOf('=');
        return (at < 1 ? string.Empty : text[(at + 1)..].ToLowerInvariant()) switch
        {
            "number" => new(text[..at], ColumnKind.Number),
            "category" or "text" => new(text[..at], ColumnKind.Category),
            "boolean" => new(text[..at], ColumnKind.Boolean),
            "datetime" or "date" => new(text[..at], ColumnKind.DateTime),
            _ => throw new UsageException($"--kind takes COL=KIND with number, category, boolean or datetime, not '{text}'."),
        };
    }
}
