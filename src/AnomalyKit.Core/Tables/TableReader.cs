using System.Globalization;
using System.Runtime.CompilerServices;

namespace AnomalyKit;

/// <summary>Reads typed tables batch by batch, in memory that does not grow with the source: a file, a database, a sequence of objects.</summary>
/// <remarks>Not thread-safe. Kinds and roles of the columns do not change from batch to batch, nor does the type of a number column.</remarks>
public abstract class TableReader : IDisposable, IAsyncDisposable
{
    /// <summary>The columns that batches have.</summary>
    public abstract TableSchema Schema { get; }

    /// <summary>The number of rows given out so far.</summary>
    public abstract long RowCount { get; }

    /// <summary>The number of rows of the whole source, for showing progress; <see langword="null"/> where it does not say.</summary>
    public virtual long? TotalRowCount => null;

    /// <summary>Whether somebody read all rows that there were: a second reading would look like that of an empty source.</summary>
    internal bool IsSpent { get; private set; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="maxRows">The most rows wanted, at least 1.</param>
    /// <param name="cancellationToken">Stops the reading; the reader gives no more rows then.</param>
    /// <returns>A table of memory of its own, of at least one row; <see langword="null"/> at the end. It may have fewer rows than wanted.</returns>
    /// <exception cref="TableDataException">A cell is not what its column holds, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default);

    /// <summary>Passes over the next rows.</summary>
    /// <param name="count">The most rows to pass over, at least 0.</param>
    /// <param name="cancellationToken">Stops the work; the reader gives no more rows then.</param>
    /// <returns>How many rows were passed over: fewer than wanted only where the source ends. They count in <see cref="RowCount"/>.</returns>
    /// <remarks>The default reads them and throws them away. Sources that can do better do: Parquet passes over whole row groups, CSV does not look into cells. Where rows are read, a cell that its column cannot hold is an error.</remarks>
    /// <exception cref="TableDataException">The source is damaged, or a cell that was read is not what its column holds.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public virtual long SkipRows(long count, CancellationToken cancellationToken = default)
    {
        const int BatchRows = 1 << 16;
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long skipped = 0;
        while (skipped < count && ReadBatch((int)Math.Min(BatchRows, count - skipped), cancellationToken) is { } batch)
            skipped += batch.RowCount;
        return skipped;
    }

    /// <summary>Reads the remaining rows batch by batch.</summary>
    /// <param name="batchRows">The most rows of a batch, at least 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The batches in the order of the source. By default each is read on a thread of the pool.</returns>
    public virtual async IAsyncEnumerable<FeatureTable> ReadBatchesAsync(int batchRows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await Task.Run(() => ReadBatch(batchRows, cancellationToken), cancellationToken).ConfigureAwait(false) is { } batch)
            yield return batch;
    }

    /// <summary>Reads the remaining rows into one table.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All rows; none if the source has none.</returns>
    /// <exception cref="TableDataException">A cell is not what its column holds, the source is damaged, or it has more rows than a table holds (2³¹).</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureTable ReadAll(CancellationToken cancellationToken = default)
    {
        const int BatchRows = 1 << 16;
        var batches = new List<FeatureTable>();
        long rows = 0;
        while (ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            batches.Add(batch);
            rows += batch.RowCount;
            if (rows > Array.MaxLength)
                throw new TableDataException($"The source has more than {Array.MaxLength} rows, the most that a table holds. Go through it batch by batch.");
        }

        MarkSpent();
        return batches.Count > 0 ? FeatureTable.Concat(batches) : TableColumns.Empty(Schema);
    }

    /// <summary>Refuses to go through a source that has no rows left because somebody read them before.</summary>
    /// <exception cref="InvalidOperationException">All rows were read before.</exception>
    internal void ThrowIfSpent()
    {
        if (IsSpent)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The reader has no rows left: {RowCount:N0} were read from it before. Open it again, or read its rows into a table with ReadAll and use that several times."));
    }

    /// <summary>Remembers that all rows were read. A source without rows is never spent: it answers the same every time.</summary>
    internal void MarkSpent() => IsSpent = RowCount > 0;

    /// <summary>Closes the source.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the source without blocking the thread, where it can.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public virtual ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the source.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected abstract void Dispose(bool disposing);
}
