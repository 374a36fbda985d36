namespace AnomalyKit.Dashboard.Tables;

/// <summary>A table with the scores of its rows. Immutable.</summary>
internal sealed class ScoredRows
{
    public ScoredRows(string fileName, ServedModel model, FeatureTable table, float[] scores, string? keyColumn)
    {
        FileName = fileName;
        Model = model;
        Table = table;
        Scores = scores;
        KeyColumn = keyColumn;
        AlertCount = scores.Count(score => score > model.Threshold);
        Columns = [.. table.Schema.Fields.Select(field => field.Name)];
    }

    public string FileName { get; }

    public ServedModel Model { get; }

    public FeatureTable Table { get; }

    public float[] Scores { get; }

    public string? KeyColumn { get; }

    public int AlertCount { get; }

    public IReadOnlyList<string> Columns { get; }

    public int Count => Scores.Length;

    public bool IsAlert(int row) => Scores[row] > Model.Threshold;

    /// <summary>What answers about a row are kept under: its key, or its number.</summary>
    public string KeyOf(int row) => (KeyColumn is null ? null : Table[KeyColumn].Text(row)) ?? row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
