using System.Buffers;
using AnomalyKit.Serving.Requests;
using Grpc.Core;

namespace AnomalyKit.Serving.Calls;

/// <summary>The bytes of a ModelInferRequest in pooled memory, counted by the gate as long as they are there.</summary>
/// <remarks>The library reads on behind a message before it hands it over. Where that fails nobody gets the message, and the call itself lets it go: <see cref="BeginCall"/>.</remarks>
internal sealed class InferMessage : IDisposable
{
    private static readonly AsyncLocal<Call?> Current = new();

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

    /// <summary>Begins a call on this flow of execution.</summary>
    /// <returns>What ends it, and lets its message go.</returns>
    public static IDisposable BeginCall() => Current.Value = new Call();

    /// <summary>Copies a message.</summary>
    /// <exception cref="Errors.RequestException">All messages together would take more memory than they may.</exception>
    public static InferMessage Read(DeserializationContext context, RequestGate gate)
    {
        gate.ReserveBytes(context.PayloadLength);
        var message = new InferMessage(gate, context.PayloadLength);
        if (Current.Value is { } call)
            call.Message = message;
        context.PayloadAsReadOnlySequence().CopyTo(message._bytes);
        return message;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is not { } bytes)
            return;
        _gate.ReleaseBytes(_length);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private sealed class Call : IDisposable
    {
        public InferMessage? Message { get; set; }

        public void Dispose() => Message?.Dispose();
    }
}
