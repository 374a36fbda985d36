using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using AnomalyKit.Database;

namespace AnomalyKit;

/// <summary>Reads the result of a query, of any ADO.NET provider, batch by batch.</summary>
/// <remarks>
/// <para>
/// Kinds come from the types that the provider reports: numbers of every sort (whole ones keep every digit, decimals become the doubles next to them), text and GUIDs as categories, dates and times,
/// booleans. Spans of time are numbers of seconds. <see cref="DBNull"/> is a missing cell. Times of a type with a time zone are kept in UTC, others as they are written.
/// </para>
/// <para>
/// In SQLite, types belong to values, not to columns. There the type that the table declares decides where it says more than the values do (<c>DECIMAL</c>, <c>VARCHAR</c>, <c>DATETIME</c>,
/// <c>BOOLEAN</c>); for others the first 1,024 rows are looked at. A later value that is not what the column holds is an error, never bent to fit: text among numbers is read if
/// it is a number.
/// </para>
/// <para>After an error the reader gives no more rows.</para>
/// </remarks>
public sealed class DbTableReader : TableReader
{
    private const int HeadRows = 1024;

    private readonly DbDataReader _reader;
    private readonly bool _leaveOpen;
    private readonly DbCells[] _cells;
    private readonly DbCells[] _inOrder;
    private readonly Queue<object?[]> _head;
    private readonly bool _headIsAll;
    private long _taken;
    private bool _failed;

    private DbTableReader(DbDataReader reader, DbPlan plan, Queue<object?[]> head, bool headIsAll, bool leaveOpen)
    {
        _reader = reader;
        _leaveOpen = leaveOpen;
        _head = head;
        _headIsAll = headIsAll;
        (Schema, _cells) = plan.Decide();
        // A provider that gives cells one after the other is asked for them in its order.
        _inOrder = [.. _cells.OrderBy(cell => cell.Ordinal)];
    }

    /// <inheritdoc/>
    public override TableSchema Schema { get; }

    /// <inheritdoc/>
    public override long RowCount => _taken;

    /// <summary>Begins to read the result that a reader stands before.</summary>
    /// <param name="reader">The result of a query, not read yet.</param>
    /// <param name="layout">The columns to read and what they are for; by default all, as features.</param>
    /// <param name="leaveOpen">Whether the reader stays open when this one is disposed.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">A column that is asked for is missing or there twice, or holds what no column can (bytes, arrays).</exception>
    /// <exception cref="ArgumentException">The reader is closed or has no columns, or the layout contradicts itself.</exception>
    /// <exception cref="IOException">The database fails.</exception>
    public static DbTableReader Open(DbDataReader reader, TableLayout? layout = null, bool leaveOpen = false)
    {
        Check(reader);
        var plan = new DbPlan(reader, layout ?? TableLayout.Default);
        var head = new Queue<object?[]>();
        bool more = true;
        while (plan.NeedsHead && head.Count < HeadRows && (more = Move(reader, head.Count)))
            Keep(plan, head);
        return new DbTableReader(reader, plan, head, !more, leaveOpen);
    }

    /// <summary>Begins to read the result that a reader stands before, without blocking the thread.</summary>
    /// <param name="reader">The result of a query, not read yet.</param>
    /// <param name="layout">The columns to read and what they are for; by default all, as features.</param>
    /// <param name="leaveOpen">Whether the reader stays open when this one is disposed.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="TableDataException">A column that is asked for is missing or there twice, or holds what no column can (bytes, arrays).</exception>
    /// <exception cref="ArgumentException">The reader is closed or has no columns, or the layout contradicts itself.</exception>
    /// <exception cref="IOException">The database fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<DbTableReader> OpenAsync(
        DbDataReader reader, TableLayout? layout = null, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        Check(reader);
        var plan = new DbPlan(reader, layout ?? TableLayout.Default);
        var head = new Queue<object?[]>();
        bool more = true;
        while (plan.NeedsHead && head.Count < HeadRows && (more = await MoveAsync(reader, head.Count, cancellationToken).ConfigureAwait(false)))
            Keep(plan, head);
        return new DbTableReader(reader, plan, head, !more, leaveOpen);
    }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        Begin(maxRows);
        int count = TakeHead(maxRows);
        while (count < maxRows && !_headIsAll && Move(_reader, _taken + count))
        {
            const int RowsBetweenLooks = 256;
            if (count % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Take(_taken + count++);
        }

        return End(count);
    }

    /// <inheritdoc/>
    /// <remarks>Rows are waited for without a thread, as far as the provider does.</remarks>
    public override async IAsyncEnumerable<FeatureTable> ReadBatchesAsync(int batchRows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Begin(batchRows);
            int count = TakeHead(batchRows);
            while (count < batchRows && !_headIsAll && await MoveAsync(_reader, _taken + count, cancellationToken).ConfigureAwait(false))
                Take(_taken + count++);
            if (End(count) is not { } batch)
                yield break;
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_leaveOpen)
            await _reader.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
            _reader.Dispose();
    }

    private static void Check(DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.IsClosed)
            throw new ArgumentException("The reader is closed. Execute the command again.", nameof(reader));
        if (reader.FieldCount == 0)
            throw new ArgumentException("The command gives no columns. Execute a query.", nameof(reader));
    }

    private static void Keep(DbPlan plan, Queue<object?[]> head)
    {
        object?[] row;
        try
        {
            row = plan.Copy();
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException or NotSupportedException)
        {
            throw new TableDataException(
                string.Create(CultureInfo.InvariantCulture, $"Row {head.Count}: a value cannot be read: {e.Message} Cast it to another type in the query."), head.Count, innerException: e);
        }

        plan.Look(row);
        head.Enqueue(row);
    }

    private static bool Move(DbDataReader reader, long rows)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Lost(e, rows);
        }
    }

    private static async ValueTask<bool> MoveAsync(DbDataReader reader, long rows, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Lost(e, rows);
        }
    }

    private static IOException Lost(Exception e, long rows) => new(
        string.Create(CultureInfo.InvariantCulture, $"The database failed after {rows} {(rows == 1 ? "row was" : "rows were")} read: {e.Message} Nothing can be read behind; execute the query again."), e);

    private void Begin(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_failed)
            throw new InvalidOperationException("An earlier read failed or was cancelled, so the position in the result is unknown. Execute the query again.");
        _failed = true;
    }

    private int TakeHead(int maxRows)
    {
        int count = 0;
        while (count < maxRows && _head.TryDequeue(out var row))
        {
            foreach (var cell in _inOrder)
                cell.Add(row[cell.Ordinal], _taken + count);
            count++;
        }

        return count;
    }

    private void Take(long row)
    {
        foreach (var cell in _inOrder)
            cell.Read(_reader, row);
    }

    private FeatureTable? End(int count)
    {
        _failed = false;
        _taken += count;
        return count == 0 ? null : new FeatureTable(_cells.Select(cell => cell.Take()), Schema);
    }
}
