using System.Buffers;
using AnomalyKit.Serving.Requests;
using Grpc.Core;

namespace AnomalyKit.Serving.Calls;

/// <summary>The bytes of a ModelInferRequest in pooled memory, counted by the gate as long as they are there.</summary>
internal sealed class InferMessage : IDisposable
{
    private readonly RequestGate _gate;
    private readonly int _length;
    private byte[]? _bytes;

    private InferMessage(RequestGate gate, int length)
    {
        _gate = gate;
        _length = length;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
    }

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Copies a message.</summary>
    /// <exception cref="Errors.RequestException">All messages together would take more memory than they may.</exception>
    public static InferMessage Read(DeserializationContext context, RequestGate gate)
    {
        gate.ReserveBytes(context.PayloadLength);
        var message = new InferMessage(gate, context.PayloadLength);
        context.PayloadAsReadOnlySequence().CopyTo(message._bytes);
        return message;
    }

    public void Dispose()
    {
        if (_bytes is not { } bytes)
            return;
        _bytes = null;
        _gate.ReleaseBytes(_length);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
