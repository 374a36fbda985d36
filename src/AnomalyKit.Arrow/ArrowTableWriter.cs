using AnomalyKit.Arrow.Writing;
using AnomalyKit.Files;
using AnomalyKit.Tables;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace AnomalyKit;

/// <summary>Writes typed tables as Arrow record batches, one for each batch: ids, kept columns and scores of any kind. The first batch decides the columns.</summary>
/// <remarks>Cells become what <see cref="ArrowTables.FromTable"/> makes of them; number columns of later batches need the type of the first. A writer that got no batch makes no file. Not thread-safe.</remarks>
public sealed class ArrowTableWriter : TableWriter
{
    private readonly WriterState _state = new();
    private readonly ArrowWriteOptions _options;
    private readonly FileBeside? _file;
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private ArrowStreamWriter? _writer;
    private Schema? _schema;

    private ArrowTableWriter(FileBeside? file, Stream stream, bool leaveOpen, ArrowWriteOptions? options)
    {
        _file = file;
        _stream = stream;
        _leaveOpen = leaveOpen;
        _options = options ?? ArrowWriteOptions.Default;
    }

    /// <inheritdoc/>
    public override long RowCount => _state.RowCount;

    /// <summary>Begins a file. It lies beside its place until <see cref="Complete"/>; one that is there already stays until then.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="options">How it is written.</param>
    /// <returns>A writer; dispose it.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static ArrowTableWriter Create(string path, ArrowWriteOptions? options = null)
    {
        var file = new FileBeside(path);
        return new ArrowTableWriter(file, file.Stream, leaveOpen: true, options);
    }

    /// <summary>Writes to a stream, batch by batch: what was written before a failure stays there.</summary>
    /// <param name="stream">A stream that can be written to.</param>
    /// <param name="options">How it is written; choose <see cref="ArrowFormat.Stream"/> for a pipe or a socket.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    /// <returns>A writer; dispose it.</returns>
    /// <exception cref="ArgumentException">The stream cannot be written to, or cannot seek and the file format is chosen.</exception>
    public static ArrowTableWriter Create(Stream stream, ArrowWriteOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        if (!stream.CanSeek && (options ?? ArrowWriteOptions.Default).Format == ArrowFormat.File)
            throw new ArgumentException("The stream cannot seek, which the file format needs. Choose ArrowFormat.Stream.", nameof(stream));
        return new ArrowTableWriter(null, stream, leaveOpen, options);
    }

    /// <inheritdoc/>
    public override void Write(FeatureTable batch, CancellationToken cancellationToken = default)
    {
        _state.Check(batch);
        var schema = ColumnArrays.Schema(batch);
        if (_schema is not null)
            CheckTypes(batch, schema, _schema);
        _state.Do(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            _schema ??= schema;
            _writer ??= Start();
            using var arrays = ColumnArrays.Batch(batch, _schema);
            _writer.WriteRecordBatch(arrays);
            _state.Count(batch.RowCount);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The writer was completed, or failed before, or got no batch.</exception>
    public override void Complete()
    {
        if (_writer is null && _state.Schema is null)
            throw new InvalidOperationException("No batch was written, so the columns are unknown. Write one, of no rows if there are none.");
        _state.Do(() =>
        {
            _writer!.WriteEnd();
            _writer.Dispose();
            _writer = null;
            _stream.Flush();
            _file?.Place();
            _state.End();
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _state.End();
        _writer?.Dispose();
        _writer = null;
        _file?.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private static void CheckTypes(FeatureTable batch, Schema schema, Schema first)
    {
        foreach (var (column, field, expected) in batch.Columns.Zip(schema.FieldsList, first.FieldsList))
        {
            // Dates that are all missing have no zone of their own.
            if (column is DateTimeColumn && column.MissingCount == column.RowCount && expected.DataType.TypeId == field.DataType.TypeId)
                continue;
            if (field.DataType.TypeId != expected.DataType.TypeId
                || (field.DataType is Apache.Arrow.Types.TimestampType time && time.Timezone != ((Apache.Arrow.Types.TimestampType)expected.DataType).Timezone))
            {
                throw new ArgumentException(
                    $"Column '{field.Name}' is {field.DataType.Name} in one batch and {expected.DataType.Name} in the first, or has a zone in one only. Give all batches one type.", nameof(schema));
            }
        }
    }

    private ArrowStreamWriter Start()
    {
        var ipc = new IpcOptions();
        if (_options.Compression != ArrowCompression.None)
        {
            ipc.CompressionCodec = _options.Compression == ArrowCompression.Lz4 ? CompressionCodecType.Lz4Frame : CompressionCodecType.Zstd;
            ipc.CompressionCodecFactory = new CompressionCodecFactory();
        }

        var writer = _options.Format == ArrowFormat.File ? new ArrowFileWriter(_stream, _schema, leaveOpen: true, ipc) : new ArrowStreamWriter(_stream, _schema, leaveOpen: true, ipc);
        writer.WriteStart();
        return writer;
    }
}
