using AnomalyKit.Hashing;

namespace AnomalyKit.Tuning;

/// <summary>The rows of a table. The preparation is fitted again on the training rows of each fit, so nothing of the scored rows is known to it.</summary>
internal sealed class TableRows(FeatureTable table) : SearchRows(RowLabels.Of(table))
{
    // No trainer, whoever wrote it, can look at labels that are not there; and some cells of the column may be missing.
    private readonly FeatureTable _rows = table.SelectColumns(table.Schema.Fields.Where(field => field.Role != ColumnRole.Label).Select(field => field.Name));

    public override Lazy<string> Hash { get; } = new(() => DataHash.Of(table));

    public override string Roles => string.Join(' ', table.Schema.Fields.Where(one => one.Role != ColumnRole.Feature).Select(one => $"{one.Role} {one.Name}"));

    public override TableColumn Column(string name) => table[name];

    public override int ColumnCountOf(Setting setting) =>
        setting.OnTables.Preparation.Fit(_rows, setting.Trainer.AcceptsMissing, setting.Trainer.AcceptsCategories).Output.ColumnCount;

    // A column of a table may become several of a matrix, so the estimate counts the columns that there are and is low where categories become columns of their own.
    public override long EstimateMemory(Setting setting, int rows) =>
        Math.Max(0, setting.Trainer.EstimateMemory(rows, _rows.Columns.Count)) + (16L * _rows.RowCount * _rows.Columns.Count);

    public override float[] FitAndScore(Setting setting, int[] training, int[] scored, int threads, CancellationToken token)
    {
        var detector = setting.OnTables.Fit(_rows.SelectRows(training), FitOptions(threads), token);
        var scores = new float[scored.Length];
        detector.Score(_rows.SelectRows(scored), scores, new TableScoreOptions { MaxDegreeOfParallelism = threads }, token);
        return scores;
    }
}
