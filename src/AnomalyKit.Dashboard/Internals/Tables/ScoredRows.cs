using System.Globalization;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>A table with the scores of its rows. Immutable; disposing it only gives back what the host counts for it.</summary>
internal sealed class ScoredRows : IDisposable
{
    private const string Day = "yyyy-MM-dd";

    private readonly IDisposable? _held;
    private readonly HashSet<string> _days;
    private readonly Lazy<TableExplainer> _explainer;

    public ScoredRows(string fileName, ServedModel model, FeatureTable table, float[] scores, IReadOnlyList<string> keyColumns, IDisposable? held = null, CsvWriteOptions? writing = null)
    {
        FileName = fileName;
        Model = model;
        Table = table;
        Scores = scores;
        KeyColumns = keyColumns;
        KeyColumn = keyColumns switch
        {
            [] => null,
            [var only] => only,
            // Labels are kept by the first of several, as far as it tells rows apart.
            [var first, ..] => AreKeys(table[first]) ? first : null,
        };
        _days = [.. table.Columns.OfType<DateTimeColumn>().Where(AreDays).Select(column => column.Name)];
        AlertCount = scores.Count(score => score > model.Threshold);
        Columns = [.. table.Schema.Fields.Select(field => field.Name)];
        Writing = (writing ?? new CsvWriteOptions()) with { GuardsFormulas = true };
        _held = held;
        _explainer = new Lazy<TableExplainer>(() => model.Detector.CreateExplainer());
    }

    public string FileName { get; }

    public ServedModel Model { get; }

    public FeatureTable Table { get; }

    public float[] Scores { get; }

    /// <summary>The columns that tell a viewer which row is which.</summary>
    public IReadOnlyList<string> KeyColumns { get; }

    /// <summary>The column that labels are kept by; null where rows have no key.</summary>
    public string? KeyColumn { get; }

    public int AlertCount { get; }

    /// <summary>How downloads are written: with the decimal mark that the file came with.</summary>
    public CsvWriteOptions Writing { get; }

    /// <summary>How the file was read; null for one that is no CSV.</summary>
    public CsvTableOptions? Csv { get; init; }

    public IReadOnlyList<string> Columns { get; }

    public int Count => Scores.Length;

    public bool IsAlert(int row) => Scores[row] > Model.Threshold;

    /// <summary>What answers about a row are kept under: its key, or its number.</summary>
    public string KeyOf(int row) => (KeyColumn is null ? null : Table[KeyColumn].Text(row)) ?? row.ToString(CultureInfo.InvariantCulture);

    /// <summary>A row as a viewer knows it: the key columns and its cells in them; empty without key columns.</summary>
    public string NameOf(int row) => string.Join(", ", KeyColumns.Select(column => $"{column} {TextOf(column, row) ?? "–"}"));

    /// <summary>A cell as a viewer reads it: dates without times where no row has a time.</summary>
    public string? TextOf(string column, int row) => _days.Contains(column) ? ((DateTimeColumn)Table[column]).Value(row)?.ToString(Day, CultureInfo.InvariantCulture) : Table[column].Text(row);

    /// <summary>Some cells of a column, as they are downloaded.</summary>
    public TableColumn CellsOf(TableColumn column, int start, int count) => _days.Contains(column.Name)
        ? CategoryColumn.FromWords(column.Name, Enumerable.Range(start, count).Select(row => TextOf(column.Name, row)))
        : column.Slice(start, count);

    private static bool AreDays(DateTimeColumn column)
    {
        if (column.IsUtc)
            return false;
        foreach (long ticks in column.Ticks.Span)
        {
            if (ticks != DateTimeColumn.MissingCell && ticks % TimeSpan.TicksPerDay != 0)
                return false;
        }

        return true;
    }

    private static bool AreKeys(TableColumn column)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Enumerable.Range(0, column.RowCount).All(row => column.Text(row) is { } key && seen.Add(key));
    }

    /// <summary>What speaks against rows, in words: a text per row, empty where no column does.</summary>
    public string[] ReasonsOf(int[] rows, int maxReasons, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
            return [];
        var options = new ExplanationOptions { MaxReasons = maxReasons, Counterfactual = null };
        return Array.ConvertAll(_explainer.Value.Explain(Table.SelectRows(rows), options, cancellationToken), explanation => string.Join(' ', explanation.Reasons.Select(reason => reason.Sentence)));
    }

    /// <summary>Why a row has its score.</summary>
    public Explanation Explain(int row, CancellationToken cancellationToken) => _explainer.Value.Explain(Table.Slice(row, 1), cancellationToken: cancellationToken)[0];

    public void Dispose() => _held?.Dispose();
}
