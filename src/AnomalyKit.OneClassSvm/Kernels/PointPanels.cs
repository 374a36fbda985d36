using System.Runtime.InteropServices;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Points packed for the engine: panels of as many points as two vectors hold, column after column; zeros fill the last ones.</summary>
internal sealed unsafe class PointPanels
{
    /// <summary>Points come in multiples of it, for every width: partial sums have as many lanes.</summary>
    public const int Granule = 32;

    private readonly float[] _cells;
    private readonly float[] _halfNorms;

    public PointPanels(ScaledPoints points, ReadOnlySpan<int> rows, IKernelEngine engine)
    {
        Count = rows.Length;
        Columns = points.Columns;
        PaddedCount = Padded(Count);
        if ((long)PaddedCount * Columns > Array.MaxLength)
            throw new InvalidOperationException($"{Count} rows of {Columns} columns do not fit one array. Choose the approximation, or fewer rows.");
        _cells = GC.AllocateArray<float>(PaddedCount * Columns, pinned: true);
        _halfNorms = GC.AllocateArray<float>(PaddedCount, pinned: true);
        int width = engine.PanelPoints;
        for (int i = 0; i < rows.Length; i++)
        {
            var row = points.Row(rows[i]);
            int at = (i / width * width * Columns) + (i % width);
            for (int k = 0; k < row.Length; k++, at += width)
                _cells[at] = row[k];
            _halfNorms[i] = points.HalfNorms[rows[i]];
        }
    }

    public int Count { get; }

    public int Columns { get; }

    public int PaddedCount { get; }

    public float* Cells => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0);

    public float* HalfNorms => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_halfNorms, 0);

    public static int Padded(int count) => (count + Granule - 1) / Granule * Granule;
}
