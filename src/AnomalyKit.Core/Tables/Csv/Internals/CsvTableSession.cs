using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>One reading of a file: from its text to typed columns.</summary>
internal sealed class CsvTableSession : IDisposable
{
    private const int ProgressRows = 4096;

    private readonly RowSource _rows;
    private readonly CellReader[] _cells;
    private readonly BadRowGate _gate;
    private readonly CsvTableOptions _options;
    private readonly CsvErrors _errors;
    private readonly Func<CellReader[]> _makeCells;
    private TableDataException? _pending;
    private long _seenRows;
    private bool _isBroken;
    private bool _busy;
    private bool _disposed;
    private bool _ended;

    private CsvTableSession(RowSource rows, TableSelection selection, KindInference inference, CellDialect dialect, CsvTableOptions options)
    {
        _rows = rows;
        _errors = rows.Errors;
        _options = options;
        Schema = selection.Schema;
        _gate = new BadRowGate(new CsvOptions { BadRows = options.BadRows, MaxSkippedRows = options.MaxSkippedRows, BadRowReport = options.BadRowReport });
        _makeCells = () => MakeCells(selection, inference, dialect, options);
        _cells = _makeCells();
    }

    public TableSchema Schema { get; }

    /// <summary>The rows given out so far.</summary>
    public long RowCount { get; private set; }

    public long SkippedRowCount => _gate.Skipped;

    public long BytesRead => _rows.Source.BytesRead;

    /// <summary>Opens a text.</summary>
    /// <param name="open">Opens it from its start.</param>
    /// <param name="canRepeat">Whether that may be done twice.</param>
    /// <param name="layout">What to read.</param>
    /// <param name="options">How to read.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static CsvTableSession Open(
        Func<CsvSource> open, bool canRepeat, TableLayout layout, CsvTableOptions options, CancellationToken cancellationToken)
    {
        var dialect = new CellDialect(options);
        RowSource? rows = null;
        try
        {
            rows = RowSource.Open(open(), options, cancellationToken);
            CheckLocalColumns(rows, options);
            var inference = new KindInference(rows.Names, layout, dialect);
            if (inference.IsNeeded && canRepeat && options.MaxInferenceRows is null)
            {
                inference.LookAtAll(rows, options.MaxRows ?? long.MaxValue);
                cancellationToken.ThrowIfCancellationRequested();
                rows = RowSource.Open(open(), options, cancellationToken);
            }
            else if (inference.IsNeeded)
            {
                inference.LookAtHead(rows, options.MaxInferenceRows ?? ProgressRows);
            }

            var selection = layout.Select(inference.Decide(rows.Errors));
            CheckNames(selection, rows, options);
            return new CsvTableSession(rows, selection, inference, dialect, options);
        }
        catch (CsvFormatException e)
        {
            rows?.Dispose();
            throw Translate(e, row: -1);
        }
        catch (TableDataException e) when (IsOfOtherEncoding(e, rows, options))
        {
            rows!.Dispose();
            throw new TableDataException($"{e.Message} Some hold U+FFFD (replacement character): {StrangeCharacters.NotUtf8.Replace("CsvOptions.", "CsvTableOptions.", StringComparison.Ordinal)}", -1, e.ColumnName, e);
        }
        catch
        {
            rows?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the same text in runs of lines on several threads, where nothing depends on what came before.</summary>
    /// <param name="open">Opens its bytes from their start.</param>
    /// <param name="threads">How many read at once.</param>
    /// <returns>The rows; nothing where they have to be read one after the other.</returns>
    public ChunkedRows? Chunked(Func<CsvBytes> open, int threads)
    {
        bool isPlain = _options is { HasHeader: true, Encoding: null, Comment: null, BadRows: CsvBadRows.Refuse, MaxRows: null, Progress: null };
        // A byte order mark may name another encoding, which runs of lines would not know of.
        if (!isPlain || !_rows.Source.IsUtf8 || threads < 2 || _rows.Names.Length < 2 || _rows.Delimiter is ' ' or > '\x7f')
            return null;
        return new ChunkedRows(open(), new ChunkReader(_rows.Delimiter, _rows.Names, Schema, _makeCells, _options), threads, _options.ChunkBytes);
    }

    /// <summary>Reads the next rows.</summary>
    /// <returns>At least one row; nothing at the end.</returns>
    public FeatureTable? Read(int maxRows, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        int count = 0;
        while (count < maxRows && _pending is null && !_ended)
        {
            if (RowCount + count == (_options.MaxRows ?? long.MaxValue) || !TryMove())
                End(count);
            else if (_pending is null && TryTake(count))
                count++;
        }

        if (count == 0)
            ThrowPending();
        RowCount += count;
        _busy = false;
        return count == 0 ? null : new FeatureTable(_cells.Select(cell => cell.Take()), Schema);
    }

    /// <summary>Goes on behind rows that were read elsewhere.</summary>
    /// <param name="count">How many.</param>
    /// <param name="zones">Per column, whether its dates were points in time; null where it had none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void GoOnBehind(long count, IReadOnlyList<bool?> zones, CancellationToken cancellationToken)
    {
        for (int i = 0; i < zones.Count; i++)
        {
            if (zones[i] is { } isUtc)
                _cells[i].ComesAfter(isUtc);
        }

        Skip(count, cancellationToken);
    }

    /// <summary>Passes over rows without reading their cells.</summary>
    /// <returns>How many there were.</returns>
    public long Skip(long count, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        long skipped = 0;
        while (skipped < count && _pending is null && !_ended)
        {
            if (RowCount == (_options.MaxRows ?? long.MaxValue) || !TryMove())
            {
                End(0);
                break;
            }

            if (_pending is not null)
                break;
            skipped++;
            RowCount++;
            if (skipped % ProgressRows == 0)
                Report(0);
        }

        ThrowPending();
        _busy = false;
        return skipped;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _rows.Dispose();
    }

    private static CellReader[] MakeCells(TableSelection selection, KindInference inference, CellDialect dialect, CsvTableOptions options)
    {
        var cells = new CellReader[selection.SourceColumns.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            var field = selection.Schema.Fields[i];
            int column = selection.SourceColumns[i];
            // Where nobody looked at the cells, ids keep every digit and other numbers take fractions.
            bool isWhole = inference.IsWhole(column) ?? field.Role == ColumnRole.Id;
            cells[i] = new CellReader(field, column, isWhole, dialect, checkText: options.Encoding is null);
        }

        return cells;
    }

    /// <summary>Refuses names of columns that are not there; before cells are looked at, because a column whose name is misspelled is read in another way.</summary>
    private static void CheckLocalColumns(RowSource rows, CsvTableOptions options)
    {
        if (options.LocalNumberColumns?.FirstOrDefault(name => !rows.Names.Contains(name, StringComparer.Ordinal)) is { } absent)
        {
            throw rows.Errors.Line(
                1, $"there is no column '{CsvErrors.Printable(absent)}' of CsvTableOptions.LocalNumberColumns. The columns are: {CsvErrors.List(rows.Names)}.");
        }
    }

    /// <summary>Whether a name may be missing because the file has another encoding, not because it is misspelled.</summary>
    private static bool IsOfOtherEncoding(TableDataException e, RowSource? rows, CsvTableOptions options) =>
        options.Encoding is null && rows is not null && e.ColumnName is { } asked && !rows.Names.Contains(asked, StringComparer.Ordinal) && rows.Names.Any(name => name.Contains('\uFFFD', StringComparison.Ordinal));

    private static void CheckNames(TableSelection selection, RowSource rows, CsvTableOptions options)
    {
        for (int i = 0; options.Encoding is null && i < selection.SourceColumns.Count; i++)
        {
            string name = selection.Schema.Fields[i].Name;
            if (name.Contains('\uFFFD', StringComparison.Ordinal))
                throw rows.Errors.Cell(1, selection.SourceColumns[i], name, name, $"the name holds U+FFFD (replacement character): {StrangeCharacters.NotUtf8}");
        }
    }

    private void Begin(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_busy)
        {
            throw new InvalidOperationException(
                "An earlier read failed for good or was cancelled (or is still running), so the position in the file is unknown. Open the file again.");
        }

        _busy = true;
        cancellationToken.ThrowIfCancellationRequested();
        _rows.Source.CancellationToken = cancellationToken;
    }

    private void ThrowPending()
    {
        if (_pending is not { } error)
            return;
        _pending = null;
        // Behind a row that is bad in itself the next one follows; where the text is broken nothing does.
        _busy = _isBroken;
        throw error;
    }

    /// <summary>Goes to the next row; false at the end. A broken text counts as a row, and is pending then.</summary>
    private bool TryMove()
    {
        try
        {
            bool moved = _rows.MoveNext();
            _seenRows += moved ? 1 : 0;
            return moved;
        }
        catch (CsvFormatException e)
        {
            _isBroken = true;
            _pending = Translate(e, _seenRows);
            return true;
        }
    }

    /// <summary>Reads the cells of the current row; false where it cannot be used.</summary>
    private bool TryTake(int count)
    {
        var row = _rows.Current;
        var error = row.CellCount == _rows.Names.Length ? ReadCells(row) : Ragged(row);
        if ((RowCount + count) % ProgressRows == ProgressRows - 1)
            Report(count + 1);
        if (error is null)
            return true;
        foreach (var cell in _cells)
            cell.Cut(count);
        // What looks like a bad row may be the rubble of a broken container.
        (error, _isBroken) = _rows.Blame(error);
        var refused = _isBroken ? error : _gate.Judge(error);
        _pending = refused is null ? null : Translate(refused, _seenRows - 1);
        return false;
    }

    private CsvFormatException? ReadCells(CsvRow row)
    {
        foreach (var cell in _cells)
        {
            if (cell.Read(row) is { } problem)
            {
                return _errors.Cell(
                    row.LineOf(cell.Position), cell.Position, cell.Field.Name, CsvErrors.Printable(row.Text(cell.Position)), problem);
            }
        }

        return null;
    }

    private CsvFormatException Ragged(CsvRow row)
    {
        int expected = _rows.Names.Length;
        string counts = string.Create(
            CultureInfo.InvariantCulture, $"the row has {row.CellCount} {(row.CellCount == 1 ? "cell" : "cells")}, the {(_options.HasHeader ? "header" : "first row")} {expected}. ");
        if (row.CellCount < expected)
        {
            return _errors.Cell(
                row.Line, row.CellCount, _rows.Names[row.CellCount], null,
                counts + "Complete the row or remove it; is the file cut off, or another delimiter used (CsvTableOptions.Delimiter)?");
        }

        for (int i = 0; i < row.CellCount; i++)
        {
            if (row.IsCut(i))
            {
                return _errors.Line(
                    row.LineOf(i),
                    counts + $"There is a space before the quote in '{CsvErrors.Printable(row.Text(i))}', so the delimiter after it splits the cell. Remove the space.");
            }
        }

        string extra = CsvErrors.Printable(row.Text(expected));
        return _errors.Line(row.LineOf(expected), counts + $"The first one too many is '{extra}'. Quote cells that hold the delimiter.", extra);
    }

    private void End(int count)
    {
        _ended = true;
        Report(count);
    }

    private void Report(int count) => _options.Progress?.Report(new CsvProgress
    {
        BytesRead = BytesRead,
        TotalBytes = _rows.Source.TotalBytes,
        RowCount = RowCount + count,
    });

    // The parts that readers of numbers and of tables share speak of options that both have.
    private static TableDataException Translate(CsvFormatException e, long row) =>
        new(e.Message.Replace("CsvOptions.", "CsvTableOptions.", StringComparison.Ordinal), row, e.ColumnName, e);
}
