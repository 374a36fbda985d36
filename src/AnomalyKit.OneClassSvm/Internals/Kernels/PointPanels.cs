using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Points packed for the engine: panels of as many points as two vectors hold, column after column; zeros fill the last ones.</summary>
internal sealed unsafe class PointPanels
{
    /// <summary>Points come in multiples of it, for every width: partial sums have as many lanes.</summary>
    public const int Granule = 32;

    private readonly AlignedFloats _cells;
    private readonly AlignedFloats _halfNorms;
    private readonly bool[] _hasFar;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PointPanels(ScaledPoints points, ReadOnlySpan<int> rows, IKernelEngine engine)
    {
        Count = rows.Length;
        Columns = points.Columns;
        PaddedCount = Padded(Count);
        if (!Fit(Count, Columns))
            throw new InvalidOperationException($"{Count} points of {Columns} columns do not fit one array.");
        _cells = new AlignedFloats(PaddedCount * Columns);
        _halfNorms = new AlignedFloats(PaddedCount);
        var cells = _cells.Span;
        var halfNorms = _halfNorms.Span;
        int width = engine.PanelPoints;
        _hasFar = new bool[PaddedCount / width];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = points.Row(rows[i]);
            int at = (i / width * width * Columns) + (i % width);
            for (int k = 0; k < row.Length; k++, at += width)
                cells[at] = row[k];
            halfNorms[i] = points.HalfNorms[rows[i]];
            _hasFar[i / width] |= halfNorms[i] > KernelFunction.FarHalfNorm;
        }
    }

    public int Count { get; }

    public int Columns { get; }

    public int PaddedCount { get; }

    public float* Cells => _cells.Pointer;

    public float* HalfNorms => _halfNorms.Pointer;

    /// <summary>Whether a point of a panel is far from the origin: see <see cref="KernelFunction.FarHalfNorm"/>.</summary>
    public bool HasFar(int panel) => _hasFar[panel];

    /// <summary>Whether so many points fit one array. Fits and model files that have more are refused before it is asked for.</summary>
    public static bool Fit(int count, int columns) => Blocks.RoundUp((long)count, Granule) * columns <= Array.MaxLength - 64;

    public static int Padded(int count) => Blocks.RoundUp(count, Granule);
}
