using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Sizes that the engines of all widths share.</summary>
internal static class KernelEngine
{
    /// <summary>Rows of a register tile: with two vectors of points, twelve accumulators.</summary>
    public const int TileRows = 6;

    /// <summary>Points whose values wait for the exponential between the two passes: they and their panels stay in the first cache.</summary>
    public const int ChunkPoints = 256;
}

/// <inheritdoc cref="IKernelEngine"/>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// Products and the kernel's map are separate passes over a chunk that stays in the first cache: inlined beside twelve accumulators, the exponential would
/// push them out of the registers.
/// </remarks>
internal sealed unsafe class KernelEngine<TLanes> : IKernelEngine
    where TLanes : unmanaged, IFloatLanes<TLanes>
{
    private const int TileRows = KernelEngine.TileRows;
    private const int ChunkPoints = KernelEngine.ChunkPoints;

    // Added and taken away again, it rounds to the nearest whole number and leaves that number in the low bits.
    private const float Rounder = 12582912f;

    // 2^f for |f| ≤ 1/2, fitted for the least relative error (2e-9 before rounding to float32) with value 1 at 0.
    private const float E1 = 0.693147202855066f;
    private const float E2 = 0.2402264791362868f;
    private const float E3 = 0.05550332471126021f;
    private const float E4 = 0.00961843735770004f;
    private const float E5 = 0.0013398874413985823f;
    private const float E6 = 0.00015353361899523438f;

    // Beyond it tanh is 1 in float32.
    private const float TanhLimit = 12f;

    public int PanelPoints => 2 * TLanes.Count;

    public int ScratchFloats => (TileRows * ChunkPoints) + 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(
        KernelFunction function, float* rows, float* halfNorms, int rowCount, PointPanels points, int first, int count, float** targets, int offset)
    {
        int columns = points.Columns;
        int panelPoints = PanelPoints;
        float* panel = points.Cells + ((long)first * columns);
        float* norms = points.HalfNorms + first;
        for (int at = 0; at < count; at += panelPoints)
        {
            int place = offset + first + at;
            if (rowCount == TileRows)
            {
                Products6(rows, columns, panel, halfNorms, norms, targets, place);
            }
            else
            {
                for (int row = 0; row < rowCount; row++)
                    Products1(rows + ((long)row * columns), columns, panel, halfNorms + row, norms, targets[row] + place);
            }

            if (points.HasFar((first + at) / panelPoints))
            {
                for (int row = 0; row < rowCount; row++)
                {
                    if (halfNorms[row] > KernelFunction.FarHalfNorm)
                        FarDifferences(rows + ((long)row * columns), columns, panel, norms, targets[row] + place);
                }
            }

            panel += panelPoints * columns;
            norms += panelPoints;
        }

        for (int row = 0; row < rowCount; row++)
            Map(function, targets[row] + offset + first, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddSums(
        KernelFunction function, float* rows, float* halfNorms, int rowCount, PointPanels points, double* weights, float* scratch, double* sums)
    {
        const int Granule = PointPanels.Granule;
        new Span<double>(sums, rowCount * Granule).Clear();
        float** targets = stackalloc float*[TileRows];
        scratch = (float*)(((nint)scratch + 63) & ~63);
        for (int i = 0; i < TileRows; i++)
            targets[i] = scratch + (i * ChunkPoints);
        for (int first = 0; first < points.PaddedCount; first += ChunkPoints)
        {
            int count = Math.Min(ChunkPoints, points.PaddedCount - first);
            for (int row = 0; row < rowCount; row += TileRows)
            {
                int tile = Math.Min(TileRows, rowCount - row);
                Evaluate(function, rows + ((long)row * points.Columns), halfNorms + row, tile, points, first, count, targets, -first);
                for (int i = 0; i < tile; i++)
                    AddWeighted(targets[i], weights + first, count, sums + ((row + i) * Granule));
            }
        }

        for (int row = 0; row < rowCount; row++)
        {
            // Halves folded in a fixed order, the same for every width.
            double* partial = sums + (row * Granule);
            for (int half = Granule / 2; half >= 4; half /= 2)
            {
                for (int i = 0; i < half; i += 4)
                    (Vector256.Load(partial + i) + Vector256.Load(partial + i + half)).Store(partial + i);
            }

            partial[0] = (partial[0] + partial[2]) + (partial[1] + partial[3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(float** rows, double* weights, int rowCount, double* sums, int first, int count)
    {
        for (int i = first; i < first + count; i += TLanes.Count)
            WideningSums<TLanes>.AddRows(rows, i, weights, rowCount, sums + i);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddWeighted(float* values, double* weights, int count, double* sums)
    {
        for (int lane = 0; lane < PointPanels.Granule; lane += TLanes.Count)
            WideningSums<TLanes>.AddWeighted(values + lane, weights + lane, count, PointPanels.Granule, sums + lane);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Products6(float* x0, int columns, float* panel, float* halfNorms, float* pointNorms, float** targets, int place)
    {
        float* x1 = x0 + columns;
        float* x2 = x1 + columns;
        float* x3 = x2 + columns;
        float* x4 = x3 + columns;
        float* x5 = x4 + columns;
        var n0 = TLanes.Load(pointNorms);
        var n1 = TLanes.Load(pointNorms + TLanes.Count);
        var a0 = Start(halfNorms, n0);
        var a1 = Start(halfNorms, n1);
        var b0 = Start(halfNorms + 1, n0);
        var b1 = Start(halfNorms + 1, n1);
        var c0 = Start(halfNorms + 2, n0);
        var c1 = Start(halfNorms + 2, n1);
        var d0 = Start(halfNorms + 3, n0);
        var d1 = Start(halfNorms + 3, n1);
        var e0 = Start(halfNorms + 4, n0);
        var e1 = Start(halfNorms + 4, n1);
        var f0 = Start(halfNorms + 5, n0);
        var f1 = Start(halfNorms + 5, n1);
        for (nint k = 0; k < columns; k++)
        {
            var y0 = TLanes.Load(panel);
            var y1 = TLanes.Load(panel + TLanes.Count);
            panel += 2 * TLanes.Count;
            var x = TLanes.Create(x0[k]);
            a0 = TLanes.MultiplyAdd(x, y0, a0);
            a1 = TLanes.MultiplyAdd(x, y1, a1);
            x = TLanes.Create(x1[k]);
            b0 = TLanes.MultiplyAdd(x, y0, b0);
            b1 = TLanes.MultiplyAdd(x, y1, b1);
            x = TLanes.Create(x2[k]);
            c0 = TLanes.MultiplyAdd(x, y0, c0);
            c1 = TLanes.MultiplyAdd(x, y1, c1);
            x = TLanes.Create(x3[k]);
            d0 = TLanes.MultiplyAdd(x, y0, d0);
            d1 = TLanes.MultiplyAdd(x, y1, d1);
            x = TLanes.Create(x4[k]);
            e0 = TLanes.MultiplyAdd(x, y0, e0);
            e1 = TLanes.MultiplyAdd(x, y1, e1);
            x = TLanes.Create(x5[k]);
            f0 = TLanes.MultiplyAdd(x, y0, f0);
            f1 = TLanes.MultiplyAdd(x, y1, f1);
        }

        Store(a0, a1, targets[0] + place);
        Store(b0, b1, targets[1] + place);
        Store(c0, c1, targets[2] + place);
        Store(d0, d1, targets[3] + place);
        Store(e0, e1, targets[4] + place);
        Store(f0, f1, targets[5] + place);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Products1(float* x, int columns, float* panel, float* halfNorm, float* pointNorms, float* target)
    {
        var a0 = Start(halfNorm, TLanes.Load(pointNorms));
        var a1 = Start(halfNorm, TLanes.Load(pointNorms + TLanes.Count));
        for (nint k = 0; k < columns; k++)
        {
            var cell = TLanes.Create(x[k]);
            a0 = TLanes.MultiplyAdd(cell, TLanes.Load(panel), a0);
            a1 = TLanes.MultiplyAdd(cell, TLanes.Load(panel + TLanes.Count), a1);
            panel += 2 * TLanes.Count;
        }

        Store(a0, a1, target);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Differences1(float* x, int columns, float* panel, float* target)
    {
        var a0 = TLanes.Create(0);
        var a1 = TLanes.Create(0);
        for (nint k = 0; k < columns; k++)
        {
            AddSquares(x + k, TLanes.Load(panel), TLanes.Load(panel + TLanes.Count), ref a0, ref a1);
            panel += 2 * TLanes.Count;
        }

        var factor = TLanes.Create(-0.5f);
        Store(TLanes.Multiply(factor, a0), TLanes.Multiply(factor, a1), target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares(float* x, TLanes y0, TLanes y1, ref TLanes sum0, ref TLanes sum1)
    {
        var cell = TLanes.Create(*x);
        var difference = TLanes.Subtract(cell, y0);
        sum0 = TLanes.MultiplyAdd(difference, difference, sum0);
        difference = TLanes.Subtract(cell, y1);
        sum1 = TLanes.MultiplyAdd(difference, difference, sum1);
    }

    /// <summary>Replaces what products gave for pairs of two far points by what their differences give.</summary>
    private static void FarDifferences(float* x, int columns, float* panel, float* pointNorms, float* target)
    {
        float* differences = stackalloc float[2 * TLanes.Count];
        Differences1(x, columns, panel, differences);
        for (int i = 0; i < 2 * TLanes.Count; i++)
        {
            if (pointNorms[i] > KernelFunction.FarHalfNorm)
                target[i] = differences[i];
        }
    }

    /// <summary>−(|x|² + |y|²) / 2, where a product is to be made into a distance; zeros else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Start(float* halfNorm, TLanes pointNorms) =>
        TLanes.Subtract(TLanes.Create(0), TLanes.Add(TLanes.Create(*halfNorm), pointNorms));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes first, TLanes second, float* target)
    {
        TLanes.Store(first, target);
        TLanes.Store(second, target + TLanes.Count);
    }

    private static void Map(KernelFunction function, float* values, int count)
    {
        switch (function.Kind)
        {
            case SvmKernelKind.Rbf:
                Exponential(values, count);
                break;
            case SvmKernelKind.Polynomial:
                Power(values, count, (float)function.Coef0, function.Degree);
                break;
            case SvmKernelKind.Sigmoid:
                HyperbolicTangent(values, count, (float)function.Coef0);
                break;
            default:
                // Products of limited cells are finite, and gradients of the linear kernel are not summed from single values.
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Exponential(float* values, int count)
    {
        var least = TLanes.Create(-127f);
        var most = TLanes.Create(0f);
        for (int i = 0; i < count; i += 2 * TLanes.Count)
        {
            // Two vectors a step hide the latency of the polynomial.
            var first = PowerOfTwo(Clamp(TLanes.Load(values + i), least, most));
            var second = PowerOfTwo(Clamp(TLanes.Load(values + i + TLanes.Count), least, most));
            Store(first, second, values + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Power(float* values, int count, float coef0, int degree)
    {
        var addend = TLanes.Create(coef0);
        var limit = TLanes.Create(KernelFunction.LargestValue);
        for (int i = 0; i < count; i += TLanes.Count)
        {
            var value = TLanes.Add(TLanes.Load(values + i), addend);
            var power = value;
            for (int factor = 1; factor < degree; factor++)
                power = TLanes.Multiply(power, value);
            TLanes.Store(Clamp(power, TLanes.Create(-KernelFunction.LargestValue), limit), values + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void HyperbolicTangent(float* values, int count, float coef0)
    {
        // tanh z = (2^(2z log2 e) - 1) / (2^(2z log2 e) + 1).
        var addend = TLanes.Create(coef0);
        var factor = TLanes.Create(2.8853900817779268f);
        var one = TLanes.Create(1);
        for (int i = 0; i < count; i += TLanes.Count)
        {
            var z = Clamp(TLanes.Add(TLanes.Load(values + i), addend), TLanes.Create(-TanhLimit), TLanes.Create(TanhLimit));
            var power = PowerOfTwo(TLanes.Multiply(z, factor));
            TLanes.Store(TLanes.Divide(TLanes.Subtract(power, one), TLanes.Add(power, one)), values + i);
        }
    }

    /// <summary>2^x for −127 ≤ x &lt; 127; exactly zero where x rounds to −127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes PowerOfTwo(TLanes x)
    {
        var rounder = TLanes.Create(Rounder);
        var shifted = TLanes.Add(x, rounder);
        var f = TLanes.Subtract(x, TLanes.Subtract(shifted, rounder));
        var power = TLanes.MultiplyAdd(TLanes.Create(E6), f, TLanes.Create(E5));
        power = TLanes.MultiplyAdd(power, f, TLanes.Create(E4));
        power = TLanes.MultiplyAdd(power, f, TLanes.Create(E3));
        power = TLanes.MultiplyAdd(power, f, TLanes.Create(E2));
        power = TLanes.MultiplyAdd(power, f, TLanes.Create(E1));
        power = TLanes.MultiplyAdd(power, f, TLanes.Create(1));
        return TLanes.Multiply(power, TLanes.PowerOfTwo(shifted));
    }

    /// <summary>The value within the bounds; it is a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Clamp(TLanes value, TLanes minimum, TLanes maximum) => TLanes.Min(TLanes.Max(value, minimum), maximum);
}
