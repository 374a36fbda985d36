using AnomalyKit.Files;
using AnomalyKit.Parquet.Writing;
using AnomalyKit.Tables;
using ParquetSharp;

namespace AnomalyKit;

/// <summary>Writes typed tables as a Parquet file: ids, kept columns and scores of any kind. The first batch decides the columns.</summary>
/// <remarks>
/// Every column is optional; missing cells are nulls, NaN included. Number columns become FLOAT, DOUBLE or INT64 after the type that they have in the first batch; later batches need the same type.
/// Categories become strings, dates and times become microseconds, cut, with the flag for UTC. A writer that got no batch makes no file. Not thread-safe.
/// </remarks>
public sealed class ParquetTableWriter : TableWriter
{
    private readonly WriterState _state = new();
    private readonly ParquetWriteOptions _options;
    private readonly FileBeside? _file;
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private FileOutput? _output;
    private TableColumn[] _first = [];

    private ParquetTableWriter(FileBeside? file, Stream stream, bool leaveOpen, ParquetWriteOptions? options)
    {
        _file = file;
        _stream = stream;
        _leaveOpen = leaveOpen;
        _options = options ?? ParquetWriteOptions.Default;
    }

    /// <inheritdoc/>
    public override long RowCount => _state.RowCount;

    /// <summary>Begins a file. It lies beside its place until <see cref="Complete"/>; one that is there already stays until then.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="options">How it is written.</param>
    /// <returns>A writer; dispose it.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static ParquetTableWriter Create(string path, ParquetWriteOptions? options = null)
    {
        var file = new FileBeside(path);
        return new ParquetTableWriter(file, file.Stream, leaveOpen: true, options);
    }

    /// <summary>Writes to a stream, row group by row group: what was written before a failure stays there, without the footer that makes it readable.</summary>
    /// <param name="stream">A stream that can be written to.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    /// <returns>A writer; dispose it.</returns>
    /// <exception cref="ArgumentException">The stream cannot be written to.</exception>
    public static ParquetTableWriter Create(Stream stream, ParquetWriteOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        return new ParquetTableWriter(null, stream, leaveOpen, options);
    }

    /// <inheritdoc/>
    public override void Write(FeatureTable batch, CancellationToken cancellationToken = default)
    {
        _state.Check(batch);
        CheckTypes(batch);
        _state.Do(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Native(() => (_output ??= new FileOutput(_stream, batch, _options)).Write(batch));
            _state.Count(batch.RowCount);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The writer was completed, or failed before, or got no batch.</exception>
    public override void Complete()
    {
        if (_output is null && _state.Schema is null)
            throw new InvalidOperationException("No batch was written, so the columns are unknown. Write one, of no rows if there are none.");
        _state.Do(() =>
        {
            Native(_output!.Complete);
            _output.Dispose();
            _output = null;
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
        try
        {
            _output?.Dispose();
        }
        catch (ParquetException)
        {
            // It could not end what is thrown away anyway.
        }

        _output = null;
        _file?.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private void CheckTypes(FeatureTable batch)
    {
        if (_first.Length == 0)
            _first = [.. batch.Columns.Select(column => column.Slice(0, 0))];
        for (int i = 0; i < _first.Length; i++)
        {
            if (batch.Columns[i].GetType() != _first[i].GetType())
            {
                throw new ArgumentException(
                    $"Column '{_first[i].Name}' is a {batch.Columns[i].GetType().Name}; in the first batch it was a {_first[i].GetType().Name}. Give all batches one type.", nameof(batch));
            }

            // Dates that are all missing have no zone of their own.
            if (batch.Columns[i] is DateTimeColumn times && times.MissingCount < times.RowCount && times.IsUtc != ((DateTimeColumn)_first[i]).IsUtc)
            {
                throw new ArgumentException(
                    $"Column '{times.Name}' holds points in time (UTC) in one batch and times without a zone in another. Give all of them a zone, or none.", nameof(batch));
            }
        }
    }

    private static void Native(Action call)
    {
        try
        {
            call();
        }
        catch (ParquetException error)
        {
            throw new IOException($"The Parquet file cannot be written: {error.Message}", error);
        }
    }
}
