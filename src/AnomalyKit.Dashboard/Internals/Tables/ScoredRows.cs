using System.Globalization;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>A table with the scores of its rows. Immutable; disposing it only gives back what the host counts for it.</summary>
internal sealed class ScoredRows : IDisposable
{
    private readonly IDisposable? _held;
    private readonly Lazy<TableExplainer> _explainer;

    public ScoredRows(string fileName, ServedModel model, FeatureTable table, float[] scores, string? keyColumn, IDisposable? held = null, CsvWriteOptions? writing = null)
    {
        FileName = fileName;
        Model = model;
        Table = table;
        Scores = scores;
        KeyColumn = keyColumn;
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

    public string? KeyColumn { get; }

    public int AlertCount { get; }

    /// <summary>How downloads are written: with the decimal mark that the file came with.</summary>
    public CsvWriteOptions Writing { get; }

    public IReadOnlyList<string> Columns { get; }

    public int Count => Scores.Length;

    public bool IsAlert(int row) => Scores[row] > Model.Threshold;

    /// <summary>What answers about a row are kept under: its key, or its number.</summary>
    public string KeyOf(int row) => (KeyColumn is null ? null : Table[KeyColumn].Text(row)) ?? row.ToString(CultureInfo.InvariantCulture);

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
