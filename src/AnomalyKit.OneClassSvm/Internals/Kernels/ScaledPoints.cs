using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Rows in the kernel's scale, row-major, with half their squared lengths where the kernel needs them.</summary>
internal sealed unsafe class ScaledPoints
{
    private readonly float[] _cells;
    private readonly float[] _halfNorms;

    private ScaledPoints(int count, int columns)
    {
        Count = count;
        Columns = columns;
        // Pinned: the engines walk by pointers from many threads.
        _cells = GC.AllocateUninitializedArray<float>(checked(count * columns), pinned: true);
        _halfNorms = GC.AllocateArray<float>(count, pinned: true);
    }

    public int Count { get; }

    public int Columns { get; }

    public float* Cells => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0);

    public float* HalfNorms => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_halfNorms, 0);

    public ReadOnlySpan<float> Row(int row) => _cells.AsSpan(row * Columns, Columns);

    /// <summary>Room for rows, whose cells and half norms are yet to be set.</summary>
    public static ScaledPoints Allocate(int count, int columns) => new(count, columns);

    public Span<float> Rows(int start, int count) => _cells.AsSpan(start * Columns, count * Columns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetHalfNorms(KernelFunction function, int start, int count)
    {
        if (!function.IsRadial)
            return;
        int row = start;
        int end = start + count;
        // Four chains side by side: one alone waits for each of its sums.
        for (; row <= end - 4; row += 4)
        {
            var a = Row(row);
            var b = Row(row + 1)[..a.Length];
            var c = Row(row + 2)[..a.Length];
            var d = Row(row + 3)[..a.Length];
            float sumA = 0;
            float sumB = 0;
            float sumC = 0;
            float sumD = 0;
            for (int k = 0; k < a.Length; k++)
            {
                sumA = MathF.FusedMultiplyAdd(a[k], a[k], sumA);
                sumB = MathF.FusedMultiplyAdd(b[k], b[k], sumB);
                sumC = MathF.FusedMultiplyAdd(c[k], c[k], sumC);
                sumD = MathF.FusedMultiplyAdd(d[k], d[k], sumD);
            }

            _halfNorms[row] = 0.5f * sumA;
            _halfNorms[row + 1] = 0.5f * sumB;
            _halfNorms[row + 2] = 0.5f * sumC;
            _halfNorms[row + 3] = 0.5f * sumD;
        }

        for (; row < end; row++)
            _halfNorms[row] = HalfNorm(Row(row));
    }

    /// <summary>Some of the rows, copied.</summary>
    public ScaledPoints Gather(ReadOnlySpan<int> rows)
    {
        var some = new ScaledPoints(rows.Length, Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(some._cells.AsSpan(i * Columns));
            some._halfNorms[i] = _halfNorms[rows[i]];
        }

        return some;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float HalfNorm(ReadOnlySpan<float> row)
    {
        // The chain of the engine's products, so that a row's distance to itself comes out as near to zero as it can.
        float sum = 0;
        foreach (float cell in row)
            sum = MathF.FusedMultiplyAdd(cell, cell, sum);
        return 0.5f * sum;
    }
}
