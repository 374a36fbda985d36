using System.Buffers;
using System.IO.Pipelines;

namespace AnomalyKit.Serving.Requests;

/// <summary>The whole body of a request: still in the pipe of the connection where it is small, else in memory of the pool.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly PipeReader? _pipe;
    private readonly PooledBytes? _pooled;

    /// <param name="pipe">The pipe that the bytes were read from and are still in.</param>
    /// <param name="bytes">All of them.</param>
    public RequestBody(PipeReader pipe, ReadOnlySequence<byte> bytes)
    {
        _pipe = pipe;
        Bytes = bytes;
    }

    /// <param name="bytes">The bytes; disposed of with the body.</param>
    public RequestBody(PooledBytes bytes)
    {
        _pooled = bytes;
        Bytes = new ReadOnlySequence<byte>(bytes.Written);
    }

    /// <summary>The bytes; of one piece where they are pooled.</summary>
    public ReadOnlySequence<byte> Bytes { get; }

    /// <summary>Gives the memory back; to be called once.</summary>
    public void Dispose()
    {
        _pipe?.AdvanceTo(Bytes.End);
        _pooled?.Dispose();
    }
}
