using AnomalyKit.Batch.Reading;

namespace AnomalyKit;

/// <summary>Reads the rows of <see cref="TableFiles"/>, file after file, in memory that does not grow with them.</summary>
/// <remarks>
/// Not thread-safe. Parquet and Arrow files are read one batch ahead on another thread, unless <see cref="CsvTableOptions.MaxDegreeOfParallelism"/> is 1. Errors name the file; a row that they name counts from 0 within it. After an error the reader gives no more rows, unless it is a bad row of CSV: the next rows follow it.
/// </remarks>
public sealed class TableFilesReader : TableReader
{
    private readonly IReadOnlyList<FileRun> _runs;
    private readonly TableLayout _layout;
    private readonly TableReadOptions _options;
    private readonly ReadAhead? _ahead;
    private TableReader? _current;
    private int _run;
    private long _rowCount;
    private bool _ended;
    private bool _failed;

    internal TableFilesReader(IReadOnlyList<FileRun> runs, TableLayout layout, TableReadOptions options, CancellationToken cancellationToken)
    {
        _runs = runs;
        _options = options;
        _layout = runs.Count > 1 ? Named(runs[0], () => CommonKinds.Of(runs, layout, options, cancellationToken)) : layout;
        _current = Open(cancellationToken);
        Schema = _current.Schema;
        TotalRowCount = runs.Count == 1 ? _current.TotalRowCount : null;
        if (ReadsAhead(runs, options))
            _ahead = new ReadAhead(maxRows => ReadNext(maxRows, CancellationToken.None));
    }

    /// <inheritdoc/>
    public override TableSchema Schema { get; }

    /// <inheritdoc/>
    public override long RowCount => _rowCount;

    /// <inheritdoc/>
    public override long? TotalRowCount { get; }

    /// <summary>How much has been read, from 0 to 1, by rows where they are known and by bytes or files elsewhere; null where nothing is known.</summary>
    public double? Fraction
    {
        get
        {
            if (_ended)
                return 1;
            if (TotalRowCount is { } rows)
                return rows == 0 ? 1 : Math.Min(1, (double)_rowCount / rows);
            if (_runs.Any(run => !run.Files[0].CanRepeat))
                return null;
            long total = _runs.Sum(run => run.Files.Sum(file => file.Bytes));
            long before = _runs.Take(_run).Sum(run => run.Files.Sum(file => file.Bytes));
            return total == 0 ? 1 : Math.Min(1, (double)(before + ((_current as CsvTableReader)?.BytesRead ?? 0)) / total);
        }
    }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return Step(() =>
        {
            var batch = _ahead is null ? ReadNext(maxRows, cancellationToken) : _ahead.Read(maxRows, cancellationToken);
            _rowCount += batch?.RowCount ?? 0;
            return batch;
        });
    }

    /// <inheritdoc/>
    public override long SkipRows(long count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Step(() =>
        {
            long skipped = _ahead?.Skip(count, cancellationToken) ?? 0;
            while (!_ended && skipped < count)
            {
                if (_current is { } reader)
                    skipped += Named(_runs[_run], () => reader.SkipRows(count - skipped, cancellationToken));
                if (skipped < count)
                    Advance(cancellationToken);
            }

            _rowCount += skipped;
            return skipped;
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _ahead?.Dispose();
        _ended = true;
        _current?.Dispose();
        _current = null;
    }

    /// <summary>Whether a second thread reads: of columnar files, which do not read ahead themselves, where there is one to spare.</summary>
    private static bool ReadsAhead(IReadOnlyList<FileRun> runs, TableReadOptions options) =>
        options.Csv.MaxDegreeOfParallelism != 1 && Environment.ProcessorCount > 1
        && runs.All(run => run.Format is TableFormat.Parquet or TableFormat.Arrow && run.Files.All(file => file.CanRepeat));

    private FeatureTable? ReadNext(int maxRows, CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            if (_current is { } reader && Named(_runs[_run], () => reader.ReadBatch(maxRows, cancellationToken)) is { } batch)
                return batch;
            Advance(cancellationToken);
        }

        return null;
    }

    /// <summary>Does one step. What follows one that failed would be rows behind others that nobody has seen.</summary>
    private T Step<T>(Func<T> step)
    {
        if (_failed)
            throw new InvalidOperationException("An earlier read failed or was cancelled, so the position in the files is unknown. Open the files again.");
        _failed = true;
        try
        {
            T result = step();
            _failed = false;
            return result;
        }
        catch (TableDataException) when (_current is CsvTableReader)
        {
            // It knows itself whether the next row is known.
            _failed = false;
            throw;
        }
    }

    private void Advance(CancellationToken cancellationToken)
    {
        _current?.Dispose();
        _current = null;
        if (++_run == _runs.Count)
            _ended = true;
        else
            _current = Open(cancellationToken);
    }

    private TableReader Open(CancellationToken cancellationToken) => Named(_runs[_run], () => _runs[_run].Open(_layout, _options, cancellationToken));

    /// <summary>Lets an error say in which file it happened.</summary>
    private static T Named<T>(FileRun run, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (TableDataException e) when (run.Files.Count == 1 && !e.Message.Contains(run.Name, StringComparison.Ordinal))
        {
            throw new TableDataException($"{run.Name}: {e.Message}", e.Row, e.ColumnName, e);
        }
    }
}
