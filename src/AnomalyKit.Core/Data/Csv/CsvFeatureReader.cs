using System.Globalization;
using System.Runtime.CompilerServices;
using AnomalyKit.Csv;

namespace AnomalyKit;

/// <summary>Reads a CSV file batch by batch, in memory that does not grow with the file.</summary>
/// <remarks>
/// <para>
/// To score a file with a fitted detector, open it with the detector's schema: its columns are then found by name, brought into its order
/// and stored with its offsets.
/// </para>
/// <code>
/// using var reader = CsvFeatureReader.Open("transactions.csv", schema: detector.Schema);
/// await foreach (var batch in detector.ScoreAsync(reader.ReadBatchesAsync(65_536)))
///     …
/// </code>
/// <para>
/// Opening reads the header and the first rows (up to 4,096), from which automatic offsets are chosen. Besides the batches the reader holds
/// these rows and some 300 KB of buffers; a record may be up to 16 million characters long. Files packed with gzip are recognised by their
/// first bytes. After an error or a cancellation the reader gives no more rows. Not thread-safe.
/// </para>
/// </remarks>
public sealed class CsvFeatureReader : IDisposable
{
    private const int HeadRows = 4096;
    private const int HeadCells = 1 << 21;
    private const int ProgressRows = 4096;
    private const int BlockCells = 4 << 20;

    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly ColumnPlan _plan;
    private readonly LabelParser _labels;
    private readonly PrecisionMonitor _monitor;
    private readonly IProgress<CsvProgress>? _progress;
    private readonly long _maximumRows;
    private readonly int _stride;
    private readonly double[] _values;
    private double[] _head = [];
    private bool[] _headLabels = [];
    private long[] _headLines = [];
    private int _headCount;
    private int _headUsed;
    private long _parsedRows;
    private bool _ended;
    private bool _reading;
    private bool _disposed;

    private CsvFeatureReader(
        CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions options, CancellationToken cancellationToken)
    {
        if (schema is not null && (options.Columns is not null || options.ColumnOffsets.Count > 0))
        {
            throw new ArgumentException(
                "With a schema, the schema decides on columns and offsets: leave Columns and ColumnOffsets of the options alone.", nameof(options));
        }

        _source = source;
        _source.CancellationToken = cancellationToken;
        _progress = options.Progress;
        _maximumRows = options.MaximumRows ?? long.MaxValue;
        _labels = new LabelParser(options.AnomalyLabels);
        _records = new CsvRecords(source, options.Delimiter);
        _plan = ColumnPlan.Read(_records, source.Errors, options, labelColumn, schema);
        _stride = PrecisionMonitor.PaddedColumns(_plan.Positions.Length);
        _values = new double[_stride];
        ReadHead();
        double[] centers = new double[_plan.Positions.Length];
        double[] offsets = ChooseOffsets(options, schema, centers);
        Schema = schema ?? new FeatureSchema(_plan.Names, offsets, _plan.IsNamed);
        _monitor = new PrecisionMonitor(offsets, centers);
    }

    /// <summary>The feature columns, with the offsets that their cells are stored with.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Whether the batches have labels.</summary>
    public bool HasLabels => _plan.LabelPosition >= 0;

    /// <summary>The number of rows given out so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Bytes taken from the file or stream so far (compressed ones, where it is compressed); buffers run ahead of the
    /// rows.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>The columns that lose more than 1e-4 of their standard deviation to float32, measured on the rows given out so
    /// far.</summary>
    public IReadOnlyList<PrecisionLoss> PrecisionLosses => _monitor.Losses(Schema.ColumnNames);

    /// <summary>Opens a file, plain or packed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or nothing.</param>
    /// <param name="schema">The schema of a fitted detector, or nothing: then the file and the options decide. Where schema and file both
    /// have names, columns are matched by name and the file's other columns are left out, otherwise by position.</param>
    /// <param name="options">How to read; the defaults suit a comma-separated file with a header.</param>
    /// <param name="cancellationToken">Stops the reading of the first rows.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="CsvFormatException">The header or one of the first rows cannot be read.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvFeatureReader Open(
        string path,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        CancellationToken cancellationToken = default) => Open(CsvSource.Open(path), labelColumn, schema, options, cancellationToken);

    /// <summary>Opens a stream, plain or packed with gzip.</summary>
    /// <param name="stream">A readable stream, from its current position on.</param>
    /// <param name="labelColumn">The column that says which rows are anomalies, or nothing.</param>
    /// <param name="schema">The schema of a fitted detector, or nothing: then the file and the options decide.</param>
    /// <param name="options">How to read.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="cancellationToken">Stops the reading of the first rows.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="CsvFormatException">The header or one of the first rows cannot be read.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read, or the options contradict each other.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CsvFeatureReader Open(
        Stream stream,
        string? labelColumn = null,
        FeatureSchema? schema = null,
        CsvOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default) =>
        Open(CsvSource.Open(stream, path: null, leaveOpen), labelColumn, schema, options, cancellationToken);

    /// <summary>Reads the next rows.</summary>
    /// <param name="maximumRows">The most rows wanted, at least 1.</param>
    /// <param name="cancellationToken">Stops the reading; the rows of the batch are lost and the reader gives no more.</param>
    /// <returns>A matrix of its own memory with at least one row, labels included; <see langword="null"/> at the end.</returns>
    /// <exception cref="CsvFormatException">A row cannot be read.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed or was cancelled.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureMatrix? ReadBatch(int maximumRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);
        int columns = Schema.ColumnCount;
        int blockRows = Math.Min(maximumRows, Math.Max(1, BlockCells / columns));
        var blocks = new List<ReadOnlyMemory<float>>();
        var labels = new List<ReadOnlyMemory<bool>>();
        int rows = 0;
        while (rows < maximumRows)
        {
            int wanted = Math.Min(blockRows, maximumRows - rows);
            var cells = GC.AllocateUninitializedArray<float>(checked(wanted * columns));
            bool[] blockLabels = HasLabels ? new bool[wanted] : [];
            int read = Read(cells, blockLabels, wanted, cancellationToken);
            if (read == 0)
                break;
            rows += read;
            // Half-empty arrays are cut to size: a batch should not hold on to more memory than it shows.
            blocks.Add(read > wanted / 2 ? cells.AsMemory(0, read * columns) : cells.AsSpan(0, read * columns).ToArray());
            labels.Add(blockLabels.AsMemory(0, HasLabels ? read : 0));
            if (read < wanted)
                break;
        }

        return rows == 0 ? null : FeatureMatrix.WrapBlocks(blocks, Schema, Join(labels, HasLabels ? rows : 0));
    }

    /// <summary>Reads the remaining rows batch by batch, each on a thread of the pool.</summary>
    /// <param name="batchRows">The number of rows of every batch but the last, at least 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The batches in the file's order; each owns its memory.</returns>
    /// <exception cref="CsvFormatException">A row cannot be read.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed or was cancelled.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<FeatureMatrix> ReadBatchesAsync(int batchRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRows, 1);
        return Batches(batchRows, cancellationToken);
    }

    /// <summary>Closes the file, or the stream unless it is to stay open.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _records.Dispose();
        _source.Dispose();
    }

    internal static CsvFeatureReader Open(
        CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return new CsvFeatureReader(source, labelColumn, schema, options ?? new CsvOptions(), cancellationToken);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads rows into the caller's memory.</summary>
    /// <returns>The number of rows, below <paramref name="maximumRows"/> only at the end.</returns>
    internal int Read(Span<float> cells, Span<bool> labels, int maximumRows, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_reading)
        {
            throw new InvalidOperationException(
                "An earlier read failed or was cancelled (or is still running), so the position in the file is unknown. Open the file again.");
        }

        _reading = true;
        _source.CancellationToken = cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        int columns = Schema.ColumnCount;
        int row = 0;
        for (; row < maximumRows && _headUsed < _headCount; row++, _headUsed++)
        {
            var values = _head.AsSpan(_headUsed * _stride, _stride);
            if (!_monitor.Encode(values, cells.Slice(row * columns, columns)))
                ThrowOverflow(values, _headLines[_headUsed]);
            if (HasLabels)
                labels[row] = _headLabels[_headUsed];
        }

        if (_headUsed == _headCount)
        {
            _head = [];
            for (; row < maximumRows && ReadRow(_values, out bool label); row++)
            {
                if (!_monitor.Encode(_values, cells.Slice(row * columns, columns)))
                    ThrowOverflow(_values, _records.Line);
                if (HasLabels)
                    labels[row] = label;
            }
        }

        RowCount += row;
        _reading = false;
        return row;
    }

    private static ReadOnlyMemory<bool> Join(List<ReadOnlyMemory<bool>> parts, int count)
    {
        if (parts.Count == 1 || count == 0)
            return count == 0 ? default : parts[0];
        var all = new bool[count];
        int used = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all.AsMemory(used));
            used += part.Length;
        }

        return all;
    }

    private async IAsyncEnumerable<FeatureMatrix> Batches(int batchRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Task.Run(() => ReadBatch(batchRows, cancellationToken), cancellationToken).ConfigureAwait(false) is { } batch)
            yield return batch;
    }

    /// <summary>Buffers the first rows as doubles.</summary>
    private void ReadHead()
    {
        int capacity = (int)Math.Min(Math.Clamp(HeadCells / _stride, 16, HeadRows), _maximumRows);
        var lines = new List<long>();
        var labels = new List<bool>();
        // Small files should not pay for the whole buffer.
        _head = new double[Math.Min(capacity, 64) * _stride];
        while (_headCount < capacity && ReadRow(_values, out bool label))
        {
            if (_head.Length == _headCount * _stride)
                Array.Resize(ref _head, Math.Min(capacity, 4 * _headCount) * _stride);
            _values.CopyTo(_head.AsSpan(_headCount * _stride));
            labels.Add(label);
            lines.Add(_records.Line);
            _headCount++;
        }

        _headLines = [.. lines];
        _headLabels = [.. labels];
    }

    private double[] ChooseOffsets(CsvOptions options, FeatureSchema? schema, double[] centers)
    {
        var offsets = new double[centers.Length];
        var sorted = new double[_headCount];
        for (int column = 0; column < offsets.Length; column++)
        {
            double sum = 0;
            for (int row = 0; row < _headCount; row++)
            {
                sorted[row] = _head[(row * _stride) + column];
                sum += sorted[row] / _headCount;
            }

            centers[column] = sum;
            if (schema is not null)
            {
                offsets[column] = schema.ColumnOffsets[column];
            }
            else if (options.ColumnOffsets.TryGetValue(_plan.Names[column], out double given))
            {
                offsets[column] = given;
            }
            else if (options.AutomaticOffsets && !Array.TrueForAll(sorted, value => value == (float)value && Math.Abs(value) < 1 << 24))
            {
                Array.Sort(sorted);
                offsets[column] = OffsetChoice.From(sorted);
            }
        }

        return offsets;
    }

    /// <summary>Parses the next row; false at the end.</summary>
    private bool ReadRow(Span<double> values, out bool label)
    {
        label = false;
        if (_ended || _parsedRows == _maximumRows || !_records.MoveNext())
        {
            if (!_ended)
                ReportProgress();
            _ended = true;
            return false;
        }

        if (_records.CellCount != _plan.FileColumns)
            ThrowRagged();
        int[] positions = _plan.Positions;
        for (int i = 0; i < positions.Length; i++)
        {
            if (!CellParser.TryParse(_records[positions[i]], out double value) || !double.IsFinite(value))
                ThrowCell(positions[i]);
            values[i] = value;
        }

        if (_plan.LabelPosition >= 0 && !_labels.TryParse(_records[_plan.LabelPosition], out label))
            ThrowLabel();
        if (++_parsedRows % ProgressRows == 0)
            ReportProgress();
        return true;
    }

    private void ReportProgress() => _progress?.Report(new CsvProgress(_source.BytesRead, _source.TotalBytes, _parsedRows));

    private void ThrowRagged()
    {
        int cells = _records.CellCount;
        string problem = string.Create(
            CultureInfo.InvariantCulture,
            $"the row has {cells} {(cells == 1 ? "cell" : "cells")}, the {(_plan.IsNamed ? "header" : "first row")} {_plan.FileColumns}. ");
        if (cells < _plan.FileColumns)
        {
            throw _records.Blame(_source.Errors.Cell(
                _records.Line, cells, _plan.FileName(cells), null,
                problem + "Complete the row or remove it; is the file cut off, or another delimiter used?"));
        }

        string extra = CsvErrors.Printable(_records[_plan.FileColumns]);
        throw _records.Blame(_source.Errors.Line(
            _records.LineOf(_plan.FileColumns),
            problem + $"The first one too many is '{extra}'. Quote cells that hold the delimiter; a decimal comma must be a point.",
            extra));
    }

    private void ThrowCell(int position)
    {
        string text = CsvErrors.Printable(_records[position]);
        string orLeaveOut = _plan.IsNamed && _plan.FileColumns > 1 ? "; leave the column out with IgnoreColumns if it is no feature" : "";
        string problem = DescribeCell(_records[position], text, orLeaveOut);
        throw _records.Blame(_source.Errors.Cell(_records.LineOf(position), position, _plan.FileName(position), text, problem));
    }

    private static string DescribeCell(ReadOnlySpan<char> cell, string text, string orLeaveOut)
    {
        if (cell.IsWhiteSpace())
            return "the cell is empty. Fill it in (for instance with the column's median) or remove the row: there is no imputation.";
        if (!CellParser.TryParse(cell, out double value))
        {
            string hint = cell.Contains(',') ? "Numbers are written with a point and without thousands separators" : "Correct it or remove the row";
            return $"'{text}' is not a number. {hint}{orLeaveOut}.";
        }

        return double.IsNaN(value)
            ? $"'{text}' is not a finite number. Fill the cell in (for instance with the column's median) or remove the row: there is no imputation."
            : $"'{text}' is infinite or beyond the range of a double. Replace it by a large finite number or remove the row.";
    }

    private void ThrowLabel()
    {
        int position = _plan.LabelPosition;
        string text = CsvErrors.Printable(_records[position]);
        string problem = _records[position].IsWhiteSpace() ? "the label is empty." : $"'{text}' is no label.";
        throw _records.Blame(_source.Errors.Cell(
            _records.LineOf(position), position, _plan.FileName(position), text, $"{problem} {_labels.Expected}"));
    }

    private void ThrowOverflow(ReadOnlySpan<double> values, long line)
    {
        var offsets = Schema.ColumnOffsets;
        int column = 0;
        while (float.IsFinite((float)(values[column] - offsets[column])))
            column++;
        string text = values[column].ToString("R", CultureInfo.InvariantCulture);
        throw _records.Blame(_source.Errors.Cell(
            line, _plan.Positions[column], _plan.Names[column], text,
            $"'{text}' is beyond the range of float32 (±3.4e38). Divide the column by a power of ten, take logarithms, or leave it out."));
    }
}
