using AnomalyKit.Autoencoder.Kernels;

namespace AnomalyKit.Autoencoder;

/// <summary>Sends rows through a network a tile at a time and gives their errors, in memory of the caller's.</summary>
internal readonly unsafe struct ReconstructionTile
{
    /// <summary>Rows a tile: their values stay in the first-level cache.</summary>
    public const int Rows = 32;

    private const int Alignment = 64;

    private readonly DenseNetwork _network;
    private readonly INetworkKernel _kernel;
    private readonly float _limit;
    private readonly float* _targets;
    private readonly float* _inputs;
    private readonly float* _factors;

    /// <summary>Lays memory out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kernel">The loops.</param>
    /// <param name="limit">What cells are limited to.</param>
    /// <param name="rows">The most rows at once; more than <see cref="Rows"/> are never taken.</param>
    /// <param name="memory">Room for <see cref="MemoryFloats"/>, pinned as long as the tile is used.</param>
    public ReconstructionTile(DenseNetwork network, INetworkKernel kernel, float limit, int rows, float* memory)
    {
        _network = network;
        _kernel = kernel;
        _limit = limit;
        int cells = Padded(rows) * network.Layout.Stride(0);
        _targets = (float*)(((nint)memory + Alignment - 1) / Alignment * Alignment);
        _inputs = _targets + cells;
        Differences = _inputs + cells;
        _factors = Differences + cells;
        SquaredErrors = _factors + Rows;
        Scratch = SquaredErrors + Rows;

        // Padding beyond the columns is zero, and nothing writes to it.
        new Span<float>(_targets, cells).Clear();
        new Span<float>(_factors, Rows).Fill(1);
    }

    /// <summary>Reconstruction less row, one padded row each, after <see cref="Run"/>.</summary>
    public float* Differences { get; }

    /// <summary>One squared length of the differences a row, after <see cref="Run"/>.</summary>
    public float* SquaredErrors { get; }

    /// <summary>Room for two tiles, free after <see cref="Run"/>.</summary>
    public float* Scratch { get; }

    /// <summary>Floats of memory for so many rows.</summary>
    public static int MemoryFloats(DenseNetwork network, int rows) =>
        (3 * Padded(rows) * network.Layout.Stride(0)) + network.ScratchFloats(Padded(rows)) + (2 * Rows) + (Alignment / sizeof(float));

    /// <summary>Reconstructs rows.</summary>
    /// <param name="rows">Row-major cells without padding.</param>
    /// <param name="count">At most the rows that memory was laid out for.</param>
    /// <returns>The reconstructions, one padded row each.</returns>
    public float* Run(ReadOnlySpan<float> rows, int count)
    {
        int columns = _network.Layout.Columns;
        int stride = _network.Layout.Stride(0);
        int padded = Padded(count);
        for (int i = 0; i < count; i++)
            rows.Slice(i * columns, columns).CopyTo(new Span<float>(_targets + (i * stride), columns));
        new Span<float>(_targets + (count * stride), (padded - count) * stride).Clear();
        _kernel.Limit(_targets, _limit, _inputs, padded * stride);
        float* outputs = _network.Map(_kernel, _inputs, padded, Scratch);
        _kernel.Differences(outputs, _targets, stride, padded, _factors, Differences, SquaredErrors);
        return outputs;
    }

    private static int Padded(int rows) => NetworkLayout.RoundUp(Math.Clamp(rows, 1, Rows), NetworkLayout.RowTile);
}
