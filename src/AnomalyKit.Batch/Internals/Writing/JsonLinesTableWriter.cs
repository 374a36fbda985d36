using System.Text.Json;
using AnomalyKit.Files;

namespace AnomalyKit.Batch.Writing;

/// <summary>Writes one JSON object a row, UTF-8, lines that end in LF. Missing cells are left out; numbers that are not finite are the words NaN, Infinity and -Infinity.</summary>
internal sealed class JsonLinesTableWriter : TableWriter
{
    private const int RowsBetweenLooks = 1024;

    private readonly Stream _stream;
    private readonly FileBeside? _file;
    private readonly bool _leaveOpen;
    private readonly Utf8JsonWriter _json;
    private TableSchema? _schema;
    private JsonEncodedText[] _names = [];
    private long _rowCount;
    private bool _ended;

    private JsonLinesTableWriter(Stream stream, FileBeside? file, bool leaveOpen)
    {
        _stream = stream;
        _file = file;
        _leaveOpen = leaveOpen;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
    }

    public override long RowCount => _rowCount;

    public static JsonLinesTableWriter Create(string path)
    {
        var file = new FileBeside(path);
        return new JsonLinesTableWriter(file.Stream, file, leaveOpen: true);
    }

    public static JsonLinesTableWriter Create(Stream stream, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanWrite ? new JsonLinesTableWriter(stream, null, leaveOpen) : throw new ArgumentException("The stream cannot be written.", nameof(stream));
    }

    public override void Write(FeatureTable batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfEnded();
        _schema ??= batch.Schema;
        if (!Same(batch.Schema, _schema))
            throw new ArgumentException($"The batch has the columns ({batch.Schema}); the first one had ({_schema}). All need the same.", nameof(batch));
        if (_names.Length == 0)
            _names = [.. _schema.Fields.Select(field => JsonEncodedText.Encode(field.Name))];
        _ended = true;
        for (int row = 0; row < batch.RowCount; row++)
        {
            if (row % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            WriteRow(batch.Columns, row);
        }

        _rowCount += batch.RowCount;
        _ended = false;
    }

    public override void Complete()
    {
        ThrowIfEnded();
        _ended = true;
        _json.Dispose();
        _stream.Flush();
        _file?.Place();
        if (_file is null && !_leaveOpen)
            _stream.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _ended = true;
        _file?.Dispose();
        if (_file is null && !_leaveOpen)
            _stream.Dispose();
    }

    private static bool Same(TableSchema one, TableSchema other) =>
        one.Fields.Select(field => (field.Name, field.Kind)).SequenceEqual(other.Fields.Select(field => (field.Name, field.Kind)));

    private void ThrowIfEnded()
    {
        if (_ended)
            throw new InvalidOperationException("The writer was completed or failed before, and takes no more. Create another one.");
    }

    private void WriteRow(IReadOnlyList<TableColumn> columns, int row)
    {
        _json.WriteStartObject();
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].IsMissing(row))
                continue;
            _json.WritePropertyName(_names[i]);
            WriteCell(columns[i], row);
        }

        _json.WriteEndObject();
        _json.Flush();
        _stream.WriteByte((byte)'\n');
        _json.Reset(_stream);
    }

    private void WriteCell(TableColumn column, int row)
    {
        switch (column)
        {
            case Int64Column whole:
                _json.WriteNumberValue(whole.Cells.Span[row]);
                break;
            case SingleColumn single when float.IsFinite(single.Cells.Span[row]):
                _json.WriteNumberValue(single.Cells.Span[row]);
                break;
            case DoubleColumn number when double.IsFinite(number.Cells.Span[row]):
                _json.WriteNumberValue(number.Cells.Span[row]);
                break;
            case BooleanColumn flag:
                _json.WriteBooleanValue(flag.Cells.Span[row] == 1);
                break;
            default:
                _json.WriteStringValue(column.Text(row));
                break;
        }
    }
}
