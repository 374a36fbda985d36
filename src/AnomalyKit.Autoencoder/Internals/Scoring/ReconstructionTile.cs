using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder;

/// <summary>Sends rows through a network a tile at a time and gives their errors, in memory of the caller's.</summary>
/// <remarks>A tile is turned into a panel on its way in and stays one: all layers, the errors and their whitening run over lines of one float per row.</remarks>
internal readonly unsafe struct ReconstructionTile
{
    /// <summary>Rows a tile: three of the widest vectors, and few enough for their values to stay in the first-level cache.</summary>
    public const int Rows = 3 * KernelShape.Lane;

    /// <summary>So few rows go through the network one by one: a panel would be all but empty.</summary>
    private const int FewRows = 2;

    private const int Alignment = 64;

    private readonly DenseNetwork _network;
    private readonly INetworkKernel _kernel;
    private readonly float _limit;
    private readonly float* _targets;
    private readonly float* _scratch;
    private readonly float* _means;

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
        Stride = Padded(rows);
        int cells = Stride * network.Layout.Columns;
        _means = (float*)(((nint)memory + Alignment - 1) / Alignment * Alignment);
        _targets = _means + Rows;
        Differences = _targets + cells;
        _scratch = Differences + cells;
    }

    /// <summary>Floats a line of the panels.</summary>
    public int Stride { get; }

    /// <summary>The panel of reconstruction less row, after <see cref="Run"/>.</summary>
    public float* Differences { get; }

    /// <summary>Floats of memory for so many rows.</summary>
    public static int MemoryFloats(DenseNetwork network, int rows) =>
        Rows + (2 * Padded(rows) * network.Layout.Columns) + network.ScratchFloats(Padded(rows)) + (Alignment / sizeof(float));

    /// <summary>Reconstructs rows.</summary>
    /// <param name="rows">Row-major cells without padding.</param>
    /// <returns>The panel of reconstructions.</returns>
    public float* Run(ReadOnlySpan<float> rows)
    {
        float* outputs = Map(rows, null, out int padded);
        _kernel.PanelDifferences(outputs, _targets, _network.Layout.Columns, Differences, padded, Stride);
        return outputs;
    }

    /// <summary>Reconstructs rows and scores their errors: finite numbers, whatever the rows hold.</summary>
    /// <param name="rows">Row-major cells without padding.</param>
    /// <param name="whitening">Null for the mean squared error.</param>
    /// <param name="scores">Receives one score per row.</param>
    public void Score(ReadOnlySpan<float> rows, ErrorWhitening? whitening, Span<float> scores)
    {
        int columns = _network.Layout.Columns;
        if (scores.Length <= FewRows)
        {
            for (int i = 0; i < scores.Length; i++)
                scores[i] = ScoreRow(rows.Slice(i * columns, columns), whitening);
            return;
        }

        float* errors = Map(rows, _targets, out int padded);
        if (whitening is not null)
        {
            // The two halves of the scratch take turns.
            float* whitened = errors == _scratch ? _scratch + (_network.ScratchFloats(Stride) / 2) : _scratch;
            whitening.Apply(_kernel, errors, padded, Stride, whitened);
            errors = whitened;
        }

        _kernel.PanelMeanSquares(errors, columns, _means, padded, Stride);
        new ReadOnlySpan<float>(_means, scores.Length).CopyTo(scores);
    }

    /// <summary>Scores the errors that <see cref="Run"/> left.</summary>
    /// <param name="whitening">Null for the mean squared error.</param>
    /// <param name="scores">Receives one score per row.</param>
    public void ScoreDifferences(ErrorWhitening? whitening, Span<float> scores)
    {
        int padded = Padded(scores.Length);
        float* errors = Differences;
        if (whitening is not null)
        {
            whitening.Apply(_kernel, Differences, padded, Stride, _scratch);
            errors = _scratch;
        }

        _kernel.PanelMeanSquares(errors, _network.Layout.Columns, _means, padded, Stride);
        new ReadOnlySpan<float>(_means, scores.Length).CopyTo(scores);
    }

    /// <summary>Copies one row out of a panel.</summary>
    public void CopyRow(float* panel, int row, Span<float> destination)
    {
        for (int j = 0; j < destination.Length; j++)
            destination[j] = panel[(j * Stride) + row];
    }

    private static int Padded(int rows) => Blocks.RoundUp(Math.Clamp(rows, 1, Rows), KernelShape.Lane);

    /// <summary>One row alone: the same sums in the same order as by panels, so the same bits.</summary>
    private float ScoreRow(ReadOnlySpan<float> row, ErrorWhitening? whitening)
    {
        int columns = row.Length;
        int stride = _network.Layout.Stride(0);
        row.CopyTo(new Span<float>(_targets, stride));
        new Span<float>(_targets + columns, stride - columns).Clear();
        _kernel.Limit(_targets, _limit, Differences, stride);
        float* outputs = _network.MapRow(_kernel, Differences, _scratch);
        new Span<float>(outputs + columns, stride - columns).Clear();
        float one = 1;
        float length;
        _kernel.Differences(outputs, _targets, stride, 1, &one, Differences, &length);
        if (whitening is not null)
        {
            whitening.ApplyRow(_kernel, Differences, _scratch);
            new Span<float>(_scratch + columns, stride - columns).Clear();
            new Span<float>(_targets, stride).Clear();
            _kernel.Differences(_scratch, _targets, stride, 1, &one, Differences, &length);
        }

        float score = length / columns;
        return score <= float.MaxValue ? score : float.MaxValue;
    }

    private float* Map(ReadOnlySpan<float> rows, float* targets, out int padded)
    {
        int columns = _network.Layout.Columns;
        int count = rows.Length / columns;
        padded = Padded(count);
        int whole = count / KernelShape.Lane * KernelShape.Lane;

        // What the network sees lies where the differences will: the first layer is done with it before they are there.
        fixed (float* cells = rows)
            _kernel.ToPanels(cells, whole, columns, _limit, _targets, Differences, Stride);
        if (whole < padded)
        {
            var last = new Span<float>(_scratch, KernelShape.Lane * columns);
            rows[(whole * columns)..].CopyTo(last);
            last[((count - whole) * columns)..].Clear();
            _kernel.ToPanels(_scratch, KernelShape.Lane, columns, _limit, _targets + whole, Differences + whole, Stride);
        }

        return _network.Map(_kernel, Differences, targets, padded, Stride, _scratch);
    }
}
