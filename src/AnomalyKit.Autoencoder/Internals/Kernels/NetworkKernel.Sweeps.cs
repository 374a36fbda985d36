// Long on purpose: each sweep is one register tile written out. A tile of s scalars × v vectors keeps s · v running sums in registers, which the just-in-time compiler only
// does for local variables; sums in an array, or in a tile whose size is a parameter, would go through memory. The tiles do the same thing and differ in size, so change all
// of them together. KernelTests compares every one with the scalar kernel, bit for bit.
using System.Runtime.CompilerServices;

namespace AnomalyKit.Autoencoder.Kernels;

/// <content>
/// The products behind all layers, forward and back, by rows and by panels: sums of scalars times vectors, y[k] = start + Σ scalar[k] · vector. The vectors
/// stay the same while a sweep goes over the scalars, so many at once that their sums fill the registers.
/// </content>
internal sealed unsafe partial class NetworkKernel<TLanes>
{
    /// <summary>What sums begin with.</summary>
    private interface IStart
    {
        static abstract TLanes Of(float* bias, int scalar, int vector);
    }

    /// <summary>What becomes of a sum on its way to memory.</summary>
    private interface IEnd
    {
        static abstract void Store(TLanes sum, float* target, nint other);
    }

    /// <summary>4 scalars × 2 vectors: eight sums, as many as hide the latency of a fused multiply-add on two ports.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep4x2<TStart, TEnd>(in Sweep sweep, float* vectors, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        nint across = sweep.Across;
        nint step = sweep.Step;
        nint vectorStep = sweep.VectorStep;
        nint stride = sweep.TargetStride;
        nint other = sweep.Other;
        float* block = sweep.Scalars;
        for (int first = 0; first < sweep.Count; first += 4)
        {
            float* p = block;
            float* p3 = p + (3 * across);
            float* v = vectors;
            var a0 = TStart.Of(bias, first, 0);
            var a1 = TStart.Of(bias, first, 1);
            var b0 = TStart.Of(bias, first + 1, 0);
            var b1 = TStart.Of(bias, first + 1, 1);
            var c0 = TStart.Of(bias, first + 2, 0);
            var c1 = TStart.Of(bias, first + 2, 1);
            var d0 = TStart.Of(bias, first + 3, 0);
            var d1 = TStart.Of(bias, first + 3, 1);
            for (int term = sweep.Terms(first + 4); term > 0; term--)
            {
                var v0 = TLanes.Load(v);
                var v1 = TLanes.Load(v + TLanes.Count);
                var scalar = TLanes.Create(p[0]);
                a0 = TLanes.MultiplyAdd(scalar, v0, a0);
                a1 = TLanes.MultiplyAdd(scalar, v1, a1);
                scalar = TLanes.Create(p[across]);
                b0 = TLanes.MultiplyAdd(scalar, v0, b0);
                b1 = TLanes.MultiplyAdd(scalar, v1, b1);
                scalar = TLanes.Create(p[2 * across]);
                c0 = TLanes.MultiplyAdd(scalar, v0, c0);
                c1 = TLanes.MultiplyAdd(scalar, v1, c1);
                scalar = TLanes.Create(p3[0]);
                d0 = TLanes.MultiplyAdd(scalar, v0, d0);
                d1 = TLanes.MultiplyAdd(scalar, v1, d1);
                p += step;
                p3 += step;
                v += vectorStep;
            }

            float* target = y;
            TEnd.Store(a0, target, other);
            TEnd.Store(a1, target + TLanes.Count, other);
            target += stride;
            TEnd.Store(b0, target, other);
            TEnd.Store(b1, target + TLanes.Count, other);
            target += stride;
            TEnd.Store(c0, target, other);
            TEnd.Store(c1, target + TLanes.Count, other);
            target += stride;
            TEnd.Store(d0, target, other);
            TEnd.Store(d1, target + TLanes.Count, other);
            target += stride;
            block += 4 * across;
            y = target;
        }
    }

    /// <summary>8 scalars × 1 vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep8x1<TStart, TEnd>(in Sweep sweep, float* vectors, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        nint across = sweep.Across;
        nint step = sweep.Step;
        nint vectorStep = sweep.VectorStep;
        nint stride = sweep.TargetStride;
        nint other = sweep.Other;
        float* block = sweep.Scalars;
        for (int first = 0; first < sweep.Count; first += 8)
        {
            float* p = block;
            float* p3 = p + (3 * across);
            float* p6 = p3 + (3 * across);
            float* v = vectors;
            var a = TStart.Of(bias, first, 0);
            var b = TStart.Of(bias, first + 1, 0);
            var c = TStart.Of(bias, first + 2, 0);
            var d = TStart.Of(bias, first + 3, 0);
            var e = TStart.Of(bias, first + 4, 0);
            var f = TStart.Of(bias, first + 5, 0);
            var g = TStart.Of(bias, first + 6, 0);
            var h = TStart.Of(bias, first + 7, 0);
            for (int term = sweep.Terms(first + 8); term > 0; term--)
            {
                var v0 = TLanes.Load(v);
                a = TLanes.MultiplyAdd(TLanes.Create(p[0]), v0, a);
                b = TLanes.MultiplyAdd(TLanes.Create(p[across]), v0, b);
                c = TLanes.MultiplyAdd(TLanes.Create(p[2 * across]), v0, c);
                d = TLanes.MultiplyAdd(TLanes.Create(p3[0]), v0, d);
                e = TLanes.MultiplyAdd(TLanes.Create(p3[across]), v0, e);
                f = TLanes.MultiplyAdd(TLanes.Create(p3[2 * across]), v0, f);
                g = TLanes.MultiplyAdd(TLanes.Create(p6[0]), v0, g);
                h = TLanes.MultiplyAdd(TLanes.Create(p6[across]), v0, h);
                p += step;
                p3 += step;
                p6 += step;
                v += vectorStep;
            }

            float* target = y;
            TEnd.Store(a, target, other);
            target += stride;
            TEnd.Store(b, target, other);
            target += stride;
            TEnd.Store(c, target, other);
            target += stride;
            TEnd.Store(d, target, other);
            target += stride;
            TEnd.Store(e, target, other);
            target += stride;
            TEnd.Store(f, target, other);
            target += stride;
            TEnd.Store(g, target, other);
            target += stride;
            TEnd.Store(h, target, other);
            target += stride;
            block += 8 * across;
            y = target;
        }
    }

    /// <summary>4 scalars × 3 vectors: the sixteen registers of 256-bit vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep4x3<TStart, TEnd>(in Sweep sweep, float* vectors, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        nint across = sweep.Across;
        nint step = sweep.Step;
        nint vectorStep = sweep.VectorStep;
        nint stride = sweep.TargetStride;
        nint other = sweep.Other;
        float* block = sweep.Scalars;
        for (int first = 0; first < sweep.Count; first += 4)
        {
            float* p = block;
            float* p3 = p + (3 * across);
            float* v = vectors;
            var a0 = TStart.Of(bias, first, 0);
            var a1 = TStart.Of(bias, first, 1);
            var a2 = TStart.Of(bias, first, 2);
            var b0 = TStart.Of(bias, first + 1, 0);
            var b1 = TStart.Of(bias, first + 1, 1);
            var b2 = TStart.Of(bias, first + 1, 2);
            var c0 = TStart.Of(bias, first + 2, 0);
            var c1 = TStart.Of(bias, first + 2, 1);
            var c2 = TStart.Of(bias, first + 2, 2);
            var d0 = TStart.Of(bias, first + 3, 0);
            var d1 = TStart.Of(bias, first + 3, 1);
            var d2 = TStart.Of(bias, first + 3, 2);
            for (int term = sweep.Terms(first + 4); term > 0; term--)
            {
                var v0 = TLanes.Load(v);
                var v1 = TLanes.Load(v + TLanes.Count);
                var v2 = TLanes.Load(v + (2 * TLanes.Count));
                var scalar = TLanes.Create(p[0]);
                a0 = TLanes.MultiplyAdd(scalar, v0, a0);
                a1 = TLanes.MultiplyAdd(scalar, v1, a1);
                a2 = TLanes.MultiplyAdd(scalar, v2, a2);
                scalar = TLanes.Create(p[across]);
                b0 = TLanes.MultiplyAdd(scalar, v0, b0);
                b1 = TLanes.MultiplyAdd(scalar, v1, b1);
                b2 = TLanes.MultiplyAdd(scalar, v2, b2);
                scalar = TLanes.Create(p[2 * across]);
                c0 = TLanes.MultiplyAdd(scalar, v0, c0);
                c1 = TLanes.MultiplyAdd(scalar, v1, c1);
                c2 = TLanes.MultiplyAdd(scalar, v2, c2);
                scalar = TLanes.Create(p3[0]);
                d0 = TLanes.MultiplyAdd(scalar, v0, d0);
                d1 = TLanes.MultiplyAdd(scalar, v1, d1);
                d2 = TLanes.MultiplyAdd(scalar, v2, d2);
                p += step;
                p3 += step;
                v += vectorStep;
            }

            float* target = y;
            TEnd.Store(a0, target, other);
            TEnd.Store(a1, target + TLanes.Count, other);
            TEnd.Store(a2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(b0, target, other);
            TEnd.Store(b1, target + TLanes.Count, other);
            TEnd.Store(b2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(c0, target, other);
            TEnd.Store(c1, target + TLanes.Count, other);
            TEnd.Store(c2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(d0, target, other);
            TEnd.Store(d1, target + TLanes.Count, other);
            TEnd.Store(d2, target + (2 * TLanes.Count), other);
            target += stride;
            block += 4 * across;
            y = target;
        }
    }

    /// <summary>8 scalars × 3 vectors: most of the 32 registers of 512-bit vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep8x3<TStart, TEnd>(in Sweep sweep, float* vectors, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        nint across = sweep.Across;
        nint step = sweep.Step;
        nint vectorStep = sweep.VectorStep;
        nint stride = sweep.TargetStride;
        nint other = sweep.Other;
        float* block = sweep.Scalars;
        for (int first = 0; first < sweep.Count; first += 8)
        {
            float* p = block;
            float* p3 = p + (3 * across);
            float* p6 = p3 + (3 * across);
            float* v = vectors;
            var a0 = TStart.Of(bias, first, 0);
            var a1 = TStart.Of(bias, first, 1);
            var a2 = TStart.Of(bias, first, 2);
            var b0 = TStart.Of(bias, first + 1, 0);
            var b1 = TStart.Of(bias, first + 1, 1);
            var b2 = TStart.Of(bias, first + 1, 2);
            var c0 = TStart.Of(bias, first + 2, 0);
            var c1 = TStart.Of(bias, first + 2, 1);
            var c2 = TStart.Of(bias, first + 2, 2);
            var d0 = TStart.Of(bias, first + 3, 0);
            var d1 = TStart.Of(bias, first + 3, 1);
            var d2 = TStart.Of(bias, first + 3, 2);
            var e0 = TStart.Of(bias, first + 4, 0);
            var e1 = TStart.Of(bias, first + 4, 1);
            var e2 = TStart.Of(bias, first + 4, 2);
            var f0 = TStart.Of(bias, first + 5, 0);
            var f1 = TStart.Of(bias, first + 5, 1);
            var f2 = TStart.Of(bias, first + 5, 2);
            var g0 = TStart.Of(bias, first + 6, 0);
            var g1 = TStart.Of(bias, first + 6, 1);
            var g2 = TStart.Of(bias, first + 6, 2);
            var h0 = TStart.Of(bias, first + 7, 0);
            var h1 = TStart.Of(bias, first + 7, 1);
            var h2 = TStart.Of(bias, first + 7, 2);
            for (int term = sweep.Terms(first + 8); term > 0; term--)
            {
                var v0 = TLanes.Load(v);
                var v1 = TLanes.Load(v + TLanes.Count);
                var v2 = TLanes.Load(v + (2 * TLanes.Count));
                var scalar = TLanes.Create(p[0]);
                a0 = TLanes.MultiplyAdd(scalar, v0, a0);
                a1 = TLanes.MultiplyAdd(scalar, v1, a1);
                a2 = TLanes.MultiplyAdd(scalar, v2, a2);
                scalar = TLanes.Create(p[across]);
                b0 = TLanes.MultiplyAdd(scalar, v0, b0);
                b1 = TLanes.MultiplyAdd(scalar, v1, b1);
                b2 = TLanes.MultiplyAdd(scalar, v2, b2);
                scalar = TLanes.Create(p[2 * across]);
                c0 = TLanes.MultiplyAdd(scalar, v0, c0);
                c1 = TLanes.MultiplyAdd(scalar, v1, c1);
                c2 = TLanes.MultiplyAdd(scalar, v2, c2);
                scalar = TLanes.Create(p3[0]);
                d0 = TLanes.MultiplyAdd(scalar, v0, d0);
                d1 = TLanes.MultiplyAdd(scalar, v1, d1);
                d2 = TLanes.MultiplyAdd(scalar, v2, d2);
                scalar = TLanes.Create(p3[across]);
                e0 = TLanes.MultiplyAdd(scalar, v0, e0);
                e1 = TLanes.MultiplyAdd(scalar, v1, e1);
                e2 = TLanes.MultiplyAdd(scalar, v2, e2);
                scalar = TLanes.Create(p3[2 * across]);
                f0 = TLanes.MultiplyAdd(scalar, v0, f0);
                f1 = TLanes.MultiplyAdd(scalar, v1, f1);
                f2 = TLanes.MultiplyAdd(scalar, v2, f2);
                scalar = TLanes.Create(p6[0]);
                g0 = TLanes.MultiplyAdd(scalar, v0, g0);
                g1 = TLanes.MultiplyAdd(scalar, v1, g1);
                g2 = TLanes.MultiplyAdd(scalar, v2, g2);
                scalar = TLanes.Create(p6[across]);
                h0 = TLanes.MultiplyAdd(scalar, v0, h0);
                h1 = TLanes.MultiplyAdd(scalar, v1, h1);
                h2 = TLanes.MultiplyAdd(scalar, v2, h2);
                p += step;
                p3 += step;
                p6 += step;
                v += vectorStep;
            }

            float* target = y;
            TEnd.Store(a0, target, other);
            TEnd.Store(a1, target + TLanes.Count, other);
            TEnd.Store(a2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(b0, target, other);
            TEnd.Store(b1, target + TLanes.Count, other);
            TEnd.Store(b2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(c0, target, other);
            TEnd.Store(c1, target + TLanes.Count, other);
            TEnd.Store(c2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(d0, target, other);
            TEnd.Store(d1, target + TLanes.Count, other);
            TEnd.Store(d2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(e0, target, other);
            TEnd.Store(e1, target + TLanes.Count, other);
            TEnd.Store(e2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(f0, target, other);
            TEnd.Store(f1, target + TLanes.Count, other);
            TEnd.Store(f2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(g0, target, other);
            TEnd.Store(g1, target + TLanes.Count, other);
            TEnd.Store(g2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(h0, target, other);
            TEnd.Store(h1, target + TLanes.Count, other);
            TEnd.Store(h2, target + (2 * TLanes.Count), other);
            target += stride;
            block += 8 * across;
            y = target;
        }
    }

    /// <summary>6 scalars × 3 vectors: what is left of 30 columns behind 8 × 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep6x3<TStart, TEnd>(in Sweep sweep, float* vectors, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        nint across = sweep.Across;
        nint step = sweep.Step;
        nint vectorStep = sweep.VectorStep;
        nint stride = sweep.TargetStride;
        nint other = sweep.Other;
        float* block = sweep.Scalars;
        for (int first = 0; first < sweep.Count; first += 6)
        {
            float* p = block;
            float* p3 = p + (3 * across);
            float* p6 = p3 + (3 * across);
            float* v = vectors;
            var a0 = TStart.Of(bias, first, 0);
            var a1 = TStart.Of(bias, first, 1);
            var a2 = TStart.Of(bias, first, 2);
            var b0 = TStart.Of(bias, first + 1, 0);
            var b1 = TStart.Of(bias, first + 1, 1);
            var b2 = TStart.Of(bias, first + 1, 2);
            var c0 = TStart.Of(bias, first + 2, 0);
            var c1 = TStart.Of(bias, first + 2, 1);
            var c2 = TStart.Of(bias, first + 2, 2);
            var d0 = TStart.Of(bias, first + 3, 0);
            var d1 = TStart.Of(bias, first + 3, 1);
            var d2 = TStart.Of(bias, first + 3, 2);
            var e0 = TStart.Of(bias, first + 4, 0);
            var e1 = TStart.Of(bias, first + 4, 1);
            var e2 = TStart.Of(bias, first + 4, 2);
            var f0 = TStart.Of(bias, first + 5, 0);
            var f1 = TStart.Of(bias, first + 5, 1);
            var f2 = TStart.Of(bias, first + 5, 2);
            for (int term = sweep.Terms(first + 6); term > 0; term--)
            {
                var v0 = TLanes.Load(v);
                var v1 = TLanes.Load(v + TLanes.Count);
                var v2 = TLanes.Load(v + (2 * TLanes.Count));
                var scalar = TLanes.Create(p[0]);
                a0 = TLanes.MultiplyAdd(scalar, v0, a0);
                a1 = TLanes.MultiplyAdd(scalar, v1, a1);
                a2 = TLanes.MultiplyAdd(scalar, v2, a2);
                scalar = TLanes.Create(p[across]);
                b0 = TLanes.MultiplyAdd(scalar, v0, b0);
                b1 = TLanes.MultiplyAdd(scalar, v1, b1);
                b2 = TLanes.MultiplyAdd(scalar, v2, b2);
                scalar = TLanes.Create(p[2 * across]);
                c0 = TLanes.MultiplyAdd(scalar, v0, c0);
                c1 = TLanes.MultiplyAdd(scalar, v1, c1);
                c2 = TLanes.MultiplyAdd(scalar, v2, c2);
                scalar = TLanes.Create(p3[0]);
                d0 = TLanes.MultiplyAdd(scalar, v0, d0);
                d1 = TLanes.MultiplyAdd(scalar, v1, d1);
                d2 = TLanes.MultiplyAdd(scalar, v2, d2);
                scalar = TLanes.Create(p3[across]);
                e0 = TLanes.MultiplyAdd(scalar, v0, e0);
                e1 = TLanes.MultiplyAdd(scalar, v1, e1);
                e2 = TLanes.MultiplyAdd(scalar, v2, e2);
                scalar = TLanes.Create(p3[2 * across]);
                f0 = TLanes.MultiplyAdd(scalar, v0, f0);
                f1 = TLanes.MultiplyAdd(scalar, v1, f1);
                f2 = TLanes.MultiplyAdd(scalar, v2, f2);
                p += step;
                p3 += step;
                v += vectorStep;
            }

            float* target = y;
            TEnd.Store(a0, target, other);
            TEnd.Store(a1, target + TLanes.Count, other);
            TEnd.Store(a2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(b0, target, other);
            TEnd.Store(b1, target + TLanes.Count, other);
            TEnd.Store(b2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(c0, target, other);
            TEnd.Store(c1, target + TLanes.Count, other);
            TEnd.Store(c2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(d0, target, other);
            TEnd.Store(d1, target + TLanes.Count, other);
            TEnd.Store(d2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(e0, target, other);
            TEnd.Store(e1, target + TLanes.Count, other);
            TEnd.Store(e2, target + (2 * TLanes.Count), other);
            target += stride;
            TEnd.Store(f0, target, other);
            TEnd.Store(f1, target + TLanes.Count, other);
            TEnd.Store(f2, target + (2 * TLanes.Count), other);
            target += stride;
            block += 6 * across;
            y = target;
        }
    }

    /// <summary>One row, 8 vectors of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row8<TStart, TEnd>(float* x, int terms, float* weights, nint stride, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        var sum0 = TStart.Of(bias, 0, 0);
        var sum1 = TStart.Of(bias, 0, 1);
        var sum2 = TStart.Of(bias, 0, 2);
        var sum3 = TStart.Of(bias, 0, 3);
        var sum4 = TStart.Of(bias, 0, 4);
        var sum5 = TStart.Of(bias, 0, 5);
        var sum6 = TStart.Of(bias, 0, 6);
        var sum7 = TStart.Of(bias, 0, 7);
        for (int term = 0; term < terms; term++)
        {
            var cell = TLanes.Create(x[term]);
            sum0 = TLanes.MultiplyAdd(cell, TLanes.Load(weights), sum0);
            sum1 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + TLanes.Count), sum1);
            sum2 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (2 * TLanes.Count)), sum2);
            sum3 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (3 * TLanes.Count)), sum3);
            sum4 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (4 * TLanes.Count)), sum4);
            sum5 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (5 * TLanes.Count)), sum5);
            sum6 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (6 * TLanes.Count)), sum6);
            sum7 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + (7 * TLanes.Count)), sum7);
            weights += stride;
        }

        TEnd.Store(sum0, y, 0);
        TEnd.Store(sum1, y + TLanes.Count, 0);
        TEnd.Store(sum2, y + (2 * TLanes.Count), 0);
        TEnd.Store(sum3, y + (3 * TLanes.Count), 0);
        TEnd.Store(sum4, y + (4 * TLanes.Count), 0);
        TEnd.Store(sum5, y + (5 * TLanes.Count), 0);
        TEnd.Store(sum6, y + (6 * TLanes.Count), 0);
        TEnd.Store(sum7, y + (7 * TLanes.Count), 0);
    }

    /// <summary>One row, 2 vectors of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row2<TStart, TEnd>(float* x, int terms, float* weights, nint stride, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        var sum0 = TStart.Of(bias, 0, 0);
        var sum1 = TStart.Of(bias, 0, 1);
        for (int term = 0; term < terms; term++)
        {
            var cell = TLanes.Create(x[term]);
            sum0 = TLanes.MultiplyAdd(cell, TLanes.Load(weights), sum0);
            sum1 = TLanes.MultiplyAdd(cell, TLanes.Load(weights + TLanes.Count), sum1);
            weights += stride;
        }

        TEnd.Store(sum0, y, 0);
        TEnd.Store(sum1, y + TLanes.Count, 0);
    }

    /// <summary>One row, 1 vector of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row1<TStart, TEnd>(float* x, int terms, float* weights, nint stride, float* bias, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        var sum0 = TStart.Of(bias, 0, 0);
        for (int term = 0; term < terms; term++)
        {
            var cell = TLanes.Create(x[term]);
            sum0 = TLanes.MultiplyAdd(cell, TLanes.Load(weights), sum0);
            weights += stride;
        }

        TEnd.Store(sum0, y, 0);
    }

    private readonly struct Zero : IStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(float* bias, int scalar, int vector) => default;
    }

    /// <summary>One bias a scalar: scalars are weights, vectors are rows.</summary>
    private readonly struct ScalarBias : IStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(float* bias, int scalar, int vector) => TLanes.Create(bias[scalar]);
    }

    /// <summary>One bias a float of the vectors: scalars are rows, vectors are weights.</summary>
    private readonly struct VectorBias : IStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(float* bias, int scalar, int vector) => TLanes.Load(bias + (vector * TLanes.Count));
    }

    private readonly struct Plain : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(TLanes sum, float* target, nint other) => TLanes.Store(sum, target);
    }

    private readonly struct Rectified : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(TLanes sum, float* target, nint other) => TLanes.Store(TLanes.Max(sum, default), target);
    }

    /// <summary>The sum less another float, which lies so far from the target.</summary>
    private readonly struct Less : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(TLanes sum, float* target, nint other) => TLanes.Store(TLanes.Subtract(sum, TLanes.Load(target + other)), target);
    }

    private readonly struct Added : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(TLanes sum, float* target, nint other) => TLanes.Store(TLanes.Add(TLanes.Load(target), sum), target);
    }

    /// <summary>What all sweeps over one matrix have in common.</summary>
    /// <param name="scalars">The first scalar.</param>
    /// <param name="across">From one sum's scalar to the next one's.</param>
    /// <param name="step">From a scalar to the next one of the same sum.</param>
    /// <param name="count">How many sums a float of the vectors; more are made, up to a multiple of what one step of the sweep makes.</param>
    /// <param name="terms">How many scalars a sum.</param>
    /// <param name="triangular">Whether sum k takes terms 0 to k alone.</param>
    /// <param name="vectorStep">From a vector to the next one of the same sum.</param>
    /// <param name="targetStride">From one sum's target to the next one's.</param>
    /// <param name="other">From a sum's target to what <see cref="Less"/> takes from it.</param>
    private readonly struct Sweep(float* scalars, nint across, nint step, int count, int terms, bool triangular, nint vectorStep, nint targetStride, nint other = 0)
    {
        public readonly float* Scalars = scalars;
        public readonly nint Across = across;
        public readonly nint Step = step;
        public readonly int Count = count;
        public readonly nint VectorStep = vectorStep;
        public readonly nint TargetStride = targetStride;
        public readonly nint Other = other;
        private readonly int _terms = terms;
        private readonly bool _triangular = triangular;

        /// <summary>How many sums are left behind whole eights, where they are six or five, and no triangle counts its terms from the first.</summary>
        public int Tail => !_triangular && Count % 8 is 5 or 6 ? Count % 8 : 0;

        /// <summary>The same for so many sums from one on.</summary>
        public Sweep Part(int first, int count) => new(Scalars + (first * Across), Across, Step, count, _terms, _triangular, VectorStep, TargetStride, Other);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Terms(int end) => _triangular ? Math.Min(end, _terms) : _terms;
    }
}
