using System.Text.Json;
using AnomalyKit.Files;
using AnomalyKit.Tables;

namespace AnomalyKit.Batch.Formats;

/// <summary>Writes one JSON object a row, UTF-8, lines that end in LF. Missing cells are null, as services ask for them; numbers that are not finite are the words NaN, Infinity and -Infinity.</summary>
internal sealed class JsonLinesTableWriter : TableWriter
{
    private const int RowsBetweenLooks = 1024;

    private readonly Stream _stream;
    private readonly FileBeside? _file;
    private readonly bool _leaveOpen;
    private readonly Utf8JsonWriter _json;
    private readonly WriterState _state = new();
    private JsonEncodedText[] _names = [];

    private JsonLinesTableWriter(Stream stream, FileBeside? file, bool leaveOpen)
    {
        _stream = stream;
        _file = file;
        _leaveOpen = leaveOpen;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
    }

    public override long RowCount => _state.RowCount;

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
        _state.Check(batch);
        _state.Do(() =>
        {
            if (_names.Length == 0)
                _names = [.. batch.Schema.Fields.Select(field => JsonEncodedText.Encode(field.Name))];
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (row % RowsBetweenLooks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                WriteRow(batch.Columns, row);
            }

            _state.Count(batch.RowCount);
        });
    }

    public override void Complete()
    {
        _state.Do(() =>
        {
            _json.Dispose();
            _stream.Flush();
            _file?.Place();
        });
        Close();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
    }

    private void Close()
    {
        _state.End();
        _file?.Dispose();
        if (_file is null && !_leaveOpen)
            _stream.Dispose();
    }

    private void WriteRow(IReadOnlyList<TableColumn> columns, int row)
    {
        _json.WriteStartObject();
        for (int i = 0; i < columns.Count; i++)
        {
            _json.WritePropertyName(_names[i]);
            if (columns[i].IsMissing(row))
                _json.WriteNullValue();
            else
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
