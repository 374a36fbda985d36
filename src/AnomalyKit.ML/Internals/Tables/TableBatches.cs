namespace AnomalyKit.ML.Tables;

/// <summary>The tables that a cursor goes through.</summary>
internal abstract class TableBatches : IDisposable
{
    /// <summary>The next table, of at least one row; null at the end.</summary>
    public abstract FeatureTable? Next();

    public abstract void Dispose();
}

/// <summary>One table.</summary>
internal sealed class WholeTable(FeatureTable table) : TableBatches
{
    private FeatureTable? _table = table.RowCount > 0 ? table : null;

    public override FeatureTable? Next()
    {
        var next = _table;
        _table = null;
        return next;
    }

    public override void Dispose() => _table = null;
}

/// <summary>The batches of a reader.</summary>
internal sealed class ReaderBatches(TableReader reader) : TableBatches
{
    private const int BatchRows = 4096;

    public override FeatureTable? Next() => reader.ReadBatch(BatchRows);

    public override void Dispose() => reader.Dispose();
}
