using System.IO.Compression;
using System.Text;
using AnomalyKit.Csv;
using AnomalyKit.Files;

namespace AnomalyKit;

/// <summary>Writes a table as CSV (RFC 4180, UTF-8, lines that end in LF): numbers with a point and as many digits as tell them apart, dates as ISO 8601, <c>true</c> and <c>false</c>.</summary>
/// <remarks>
/// A missing cell is empty; an empty word stands in quotes. What <see cref="CsvTableReader"/> reads with the kinds declared is what was written, cell by cell; infinite numbers, written as
/// <c>Infinity</c>, are not read. Memory does not grow with the number of rows.
/// </remarks>
public sealed class CsvTableWriter : TableWriter
{
    private const byte LineFeed = (byte)'\n';

    private readonly byte[] _delimiter;
    private readonly FileBeside? _file;
    private readonly Utf8Text _text;
    private readonly CellText _cells;
    private TableSchema? _schema;
    private IReadOnlyList<string>?[] _checkedLevels = [];
    private long _rowCount;
    private bool _closed;
    private bool _failed;

    private CsvTableWriter(Stream stream, bool leaveOpen, FileBeside? file, CsvWriteOptions options)
    {
        _delimiter = Encoding.UTF8.GetBytes([options.ActualDelimiter]);
        _file = file;
        _text = new Utf8Text(stream, leaveOpen);
        _cells = new CellText(_text, options);
    }

    /// <inheritdoc/>
    public override long RowCount => _rowCount;

    /// <summary>Begins a file, packed with gzip if its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; it appears when <see cref="Complete"/> has returned, and replaces one that is there.</param>
    /// <param name="delimiter">What separates the cells.</param>
    /// <returns>A writer that waits for the first batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The character cannot be a delimiter, or is a space.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static CsvTableWriter Create(string path, char delimiter = ',') => Create(path, Of(delimiter));

    /// <inheritdoc cref="Create(string, char)"/>
    /// <param name="path">The file; it appears when <see cref="Complete"/> has returned, and replaces one that is there.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public static CsvTableWriter Create(string path, CsvWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var file = new FileBeside(path);
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        // The file itself is ended by what gives it its name.
        return new CsvTableWriter(
            isPacked ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true) : file.Stream, leaveOpen: !isPacked, file, options);
    }

    /// <summary>Begins a text in a stream, which keeps what was written before a failure.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="delimiter">What separates the cells.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    /// <returns>A writer that waits for the first batch.</returns>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The character cannot be a delimiter, or is a space.</exception>
    public static CsvTableWriter Create(Stream stream, char delimiter = ',', bool leaveOpen = false) => Create(stream, Of(delimiter), leaveOpen);

    /// <inheritdoc cref="Create(Stream, char, bool)"/>
    /// <param name="stream">A writable stream.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    public static CsvTableWriter Create(Stream stream, CsvWriteOptions options, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return stream.CanWrite
            ? new CsvTableWriter(stream, leaveOpen, file: null, options)
            : throw new ArgumentException("The stream cannot be written.", nameof(stream));
    }

    /// <inheritdoc/>
    public override void Write(FeatureTable batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckOpen();
        CheckColumns(batch);
        _failed = true;
        cancellationToken.ThrowIfCancellationRequested();
        if (_schema is null)
        {
            _schema = batch.Schema;
            WriteHeader();
        }

        TableColumn[] columns = [.. batch.Columns];
        for (int row = 0; row < batch.RowCount; row++)
        {
            const int RowsBetweenLooks = 1024;
            if (row % RowsBetweenLooks == RowsBetweenLooks - 1)
                cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < columns.Length; i++)
            {
                if (i > 0)
                    _text.Write(_delimiter);
                _cells.Write(columns[i], row);
            }

            _text.Write(LineFeed);
        }

        _rowCount += batch.RowCount;
        _failed = false;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        CheckOpen();
        _failed = true;
        _text.Dispose();
        _file?.Place();
        _failed = false;
        _closed = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _closed)
            return;
        _closed = true;
        try
        {
            _text.Dispose();
        }
        catch (IOException) when (_failed)
        {
            // It was reported before.
        }
        finally
        {
            _file?.Dispose();
        }
    }

    // A comma alone stays what it was, whatever the options make of it.
    private static CsvWriteOptions Of(char delimiter) => new() { Delimiter = delimiter };

    private void CheckOpen()
    {
        if (_closed)
            throw new InvalidOperationException("The file was completed (or the writer disposed) before. Create another writer.");
        if (_failed)
            throw new InvalidOperationException("An earlier call failed or was cancelled, so the file cannot be completed. Create another writer.");
    }

    private void CheckColumns(FeatureTable batch)
    {
        var (fields, first) = (batch.Schema.Fields, _schema?.Fields);
        if (first is not null && !fields.Select(field => (field.Name, field.Kind)).SequenceEqual(first.Select(field => (field.Name, field.Kind))))
            throw new ArgumentException($"The batch has the columns ({batch.Schema}), the first had ({_schema}). All need the same.", nameof(batch));
        if (_checkedLevels.Length == 0)
            _checkedLevels = new IReadOnlyList<string>?[fields.Count];
        for (int i = 0; i < fields.Count; i++)
        {
            if (batch.Columns[i] is not CategoryColumn category || ReferenceEquals(category.Levels, _checkedLevels[i]))
                continue;
            foreach (string level in category.Levels)
            {
                if (level.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && level.EnumerateRunes().Contains(Rune.ReplacementChar) && !level.Contains('\uFFFD', StringComparison.Ordinal))
                    throw new ArgumentException($"The word '{CsvErrors.Printable(level)}' of column '{category.Name}' holds half a character (a lone surrogate), which cannot be written.", nameof(batch));
            }

            _checkedLevels[i] = category.Levels;
        }
    }

    private void WriteHeader()
    {
        for (int i = 0; i < _schema!.ColumnCount; i++)
        {
            if (i > 0)
                _text.Write(_delimiter);
            _cells.Word(_schema.Fields[i].Name);
        }

        _text.Write(LineFeed);
    }
}
