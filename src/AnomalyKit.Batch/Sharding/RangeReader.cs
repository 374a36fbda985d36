namespace AnomalyKit.Batch.Sharding;

/// <summary>Gives a run of the rows of files: all of them, or fails.</summary>
internal sealed class RangeReader : TableReader
{
    private readonly TableReader _reader;
    private readonly string _files;
    private readonly long _count;
    private long _given;

    private RangeReader(TableReader reader, string files, long count)
    {
        _reader = reader;
        _files = files;
        _count = count;
    }

    public override TableSchema Schema => _reader.Schema;

    public override long RowCount => _given;

    public override long? TotalRowCount => _count;

    public static RangeReader Open(TableFiles files, TableLayout layout, TableReadOptions options, long skip, long count, CancellationToken cancellationToken)
    {
        var reader = files.Open(layout, options, cancellationToken);
        try
        {
            long skipped = reader.SkipRows(skip, cancellationToken);
            return skipped == skip ? new RangeReader(reader, files.ToString(), count) : throw TooFew(files.ToString());
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_given == _count)
            return null;
        var batch = _reader.ReadBatch((int)Math.Min(maxRows, _count - _given), cancellationToken) ?? throw TooFew(_files);
        _given += batch.RowCount;
        return batch;
    }

    public override long SkipRows(long count, CancellationToken cancellationToken = default)
    {
        long skip = Math.Min(count, _count - _given);
        long skipped = _reader.SkipRows(skip, cancellationToken);
        _given += skipped;
        return skipped == skip ? skipped : throw TooFew(_files);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
    }

    private static ShardException TooFew(string files) =>
        new($"{files}: there are fewer rows than when they were counted. Create the plan and all shards again, from files that do not change.");
}
