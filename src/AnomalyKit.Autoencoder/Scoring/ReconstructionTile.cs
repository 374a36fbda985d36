using System.Buffers;
using System.Runtime.InteropServices;
using AnomalyKit.Autoencoder.Kernels;

namespace AnomalyKit.Autoencoder;

/// <summary>Sends rows through a network a tile at a time and gives their errors. Uses rented memory; to be disposed of.</summary>
internal unsafe ref struct ReconstructionTile
{
    /// <summary>Rows a tile: their values stay in the first-level cache.</summary>
    public const int Rows = 32;

    private const int Alignment = 64;

    private readonly DenseNetwork _network;
    private readonly INetworkKernel _kernel;
    private readonly float _limit;
    private readonly float[] _memory;
    private readonly GCHandle _pin;
    private readonly float* _targets;
    private readonly float* _inputs;
    private readonly float* _scratch;
    private readonly float* _differences;
    private readonly float* _factors;
    private readonly float* _errors;

    /// <summary>Takes memory for at most so many rows at once.</summary>
    public ReconstructionTile(DenseNetwork network, INetworkKernel kernel, float limit, int rows)
    {
        _network = network;
        _kernel = kernel;
        _limit = limit;
        int padded = NetworkLayout.RoundUp(Math.Clamp(rows, 1, Rows), NetworkLayout.RowTile);
        int stride = network.Layout.Stride(0);
        int floats = (3 * padded * stride) + network.ScratchFloats(padded) + (2 * Rows);
        _memory = ArrayPool<float>.Shared.Rent(floats + (Alignment / sizeof(float)));
        _pin = GCHandle.Alloc(_memory, GCHandleType.Pinned);
        float* at = (float*)(((nint)_pin.AddrOfPinnedObject() + Alignment - 1) / Alignment * Alignment);
        new Span<float>(at, floats).Clear();
        _targets = at;
        _inputs = _targets + (padded * stride);
        _differences = _inputs + (padded * stride);
        _factors = _differences + (padded * stride);
        _errors = _factors + Rows;
        _scratch = _errors + Rows;
        new Span<float>(_factors, Rows).Fill(1);
    }

    /// <summary>Reconstruction less row, one padded row each, after <see cref="Run"/>.</summary>
    public readonly float* Differences => _differences;

    /// <summary>Scratch of two tiles, free after <see cref="Run"/>.</summary>
    public readonly float* Scratch => _scratch;

    /// <summary>One squared length of the differences a row, after <see cref="Run"/>.</summary>
    public readonly float* SquaredErrors => _errors;

    /// <summary>Reconstructs rows.</summary>
    /// <param name="rows">Row-major cells without padding.</param>
    /// <param name="count">At most the rows that memory was taken for.</param>
    /// <returns>The reconstructions, one padded row each.</returns>
    public readonly float* Run(ReadOnlySpan<float> rows, int count)
    {
        int columns = _network.Layout.Columns;
        int stride = _network.Layout.Stride(0);
        int padded = NetworkLayout.RoundUp(count, NetworkLayout.RowTile);
        for (int i = 0; i < count; i++)
            rows.Slice(i * columns, columns).CopyTo(new Span<float>(_targets + (i * stride), columns));
        new Span<float>(_targets + (count * stride), (padded - count) * stride).Clear();
        _kernel.Limit(_targets, _limit, _inputs, padded * stride);
        float* outputs = _network.Map(_kernel, _inputs, padded, _scratch);
        _kernel.Differences(outputs, _targets, stride, padded, _factors, _differences, _errors);
        return outputs;
    }

    public readonly void Dispose()
    {
        _pin.Free();
        ArrayPool<float>.Shared.Return(_memory);
    }
}
