using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace AnomalyKit.Arrow.Reading;

/// <summary>Where batches come from.</summary>
internal sealed class BatchSource(Schema schema, Func<CancellationToken, RecordBatch?> next, IDisposable? owned) : IDisposable
{
    private static readonly byte[] Magic = [.. "ARROW1\0\0"u8];

    public Schema Schema { get; } = schema;

    public RecordBatch? Next(CancellationToken cancellationToken) => next(cancellationToken);

    public void Dispose() => owned?.Dispose();

    /// <summary>Opens an IPC file or an IPC stream, whichever the first bytes say.</summary>
    public static BatchSource Open(Stream stream, bool leaveOpen)
    {
        byte[] begun = new byte[Magic.Length];
        int count = stream.ReadAtLeast(begun, begun.Length, throwOnEndOfStream: false);
        bool isFile = begun.AsSpan(0, Math.Min(count, 6)).SequenceEqual(Magic.AsSpan(0, 6));
        if (stream.CanSeek)
            stream.Position -= count;
        // Without seeking, a file is read as the stream that it holds: it begins behind the magic.
        var guarded = new GuardedStream(stream, stream.CanSeek || isFile ? [] : begun[..count], leaveOpen);
        try
        {
            var allocator = new GuardedAllocator(guarded);
            var reader = isFile && stream.CanSeek
                ? new ArrowFileReader(guarded, allocator, new CompressionCodecFactory(), leaveOpen: false)
                : new ArrowStreamReader(guarded, allocator, new CompressionCodecFactory(), leaveOpen: false);
            var schema = reader.Schema ?? throw new InvalidDataException("there is no schema");
            return new BatchSource(schema, _ => reader.ReadNextRecordBatch(), guarded);
        }
        catch
        {
            guarded.Dispose();
            throw;
        }
    }

    /// <summary>Runs a step and turns what the library underneath says into the errors that readers promise.</summary>
    public static T Guard<T>(string source, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception error) when (error is not (TableDataException or OperationCanceledException or ObjectDisposedException) && (error is not IOException || error is EndOfStreamException))
        {
            string message = error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
            throw new TableDataException($"{source} holds no Arrow data that can be read: {message}. Write it again, or leave out the column that causes the error.", innerException: error);
        }
    }
}
