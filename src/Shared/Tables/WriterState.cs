namespace AnomalyKit.Tables;

/// <summary>What a writer has promised so far: the columns of its first batch, whether it may go on, and how many rows it has.</summary>
internal sealed class WriterState
{
    private bool _ended;
    private bool _failed;

    /// <summary>The columns of the first batch; <see langword="null"/> before it.</summary>
    public TableSchema? Schema { get; private set; }

    public long RowCount { get; private set; }

    /// <summary>Runs one step; after one that failed nothing more is taken.</summary>
    public void Do(Action step)
    {
        if (_ended)
            throw new InvalidOperationException(_failed ? "The writer failed before and takes no more. Start again with a new one." : "The writer was completed or closed and takes no more.");
        try
        {
            step();
        }
        catch
        {
            _ended = _failed = true;
            throw;
        }
    }

    /// <summary>Checks a batch against the first one. Does not end the writer.</summary>
    public void Check(FeatureTable batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Schema ??= batch.Schema;
        if (!Same(batch.Schema, Schema))
            throw new ArgumentException($"The batch has the columns ({batch.Schema}); the first one had ({Schema}). All need the same.", nameof(batch));
    }

    public void Count(int rows) => RowCount += rows;

    public void End() => _ended = true;

    private static bool Same(TableSchema one, TableSchema other) =>
        one.ColumnCount == other.ColumnCount && one.Fields.Zip(other.Fields).All(pair => pair.First.Name == pair.Second.Name && pair.First.Kind == pair.Second.Kind);
}
