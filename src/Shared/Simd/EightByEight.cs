using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Simd;

/// <summary>Turns a tile of eight runs of eight float32 values; needs AVX.</summary>
internal static unsafe class EightByEight
{
    /// <param name="source">The first run.</param>
    /// <param name="sourceStride">From one run to the next.</param>
    /// <param name="target">Receives the first value of every run, in their order.</param>
    /// <param name="targetStride">From the first values to the second ones.</param>
    public static void Transpose(float* source, int sourceStride, float* target, int targetStride)
    {
        var r0 = Vector256.Load(source);
        var r1 = Vector256.Load(source + sourceStride);
        var r2 = Vector256.Load(source + (2L * sourceStride));
        var r3 = Vector256.Load(source + (3L * sourceStride));
        source += 4L * sourceStride;
        var r4 = Vector256.Load(source);
        var r5 = Vector256.Load(source + sourceStride);
        var r6 = Vector256.Load(source + (2L * sourceStride));
        var r7 = Vector256.Load(source + (3L * sourceStride));
        var a0 = Avx.UnpackLow(r0, r1);
        var a1 = Avx.UnpackHigh(r0, r1);
        var a2 = Avx.UnpackLow(r2, r3);
        var a3 = Avx.UnpackHigh(r2, r3);
        var a4 = Avx.UnpackLow(r4, r5);
        var a5 = Avx.UnpackHigh(r4, r5);
        var a6 = Avx.UnpackLow(r6, r7);
        var a7 = Avx.UnpackHigh(r6, r7);
        r0 = Avx.Shuffle(a0, a2, 0x44);
        r1 = Avx.Shuffle(a0, a2, 0xEE);
        r2 = Avx.Shuffle(a1, a3, 0x44);
        r3 = Avx.Shuffle(a1, a3, 0xEE);
        r4 = Avx.Shuffle(a4, a6, 0x44);
        r5 = Avx.Shuffle(a4, a6, 0xEE);
        r6 = Avx.Shuffle(a5, a7, 0x44);
        r7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(r0, r4, 0x20).Store(target);
        Avx.Permute2x128(r1, r5, 0x20).Store(target + targetStride);
        Avx.Permute2x128(r2, r6, 0x20).Store(target + (2L * targetStride));
        Avx.Permute2x128(r3, r7, 0x20).Store(target + (3L * targetStride));
        target += 4L * targetStride;
        Avx.Permute2x128(r0, r4, 0x31).Store(target);
        Avx.Permute2x128(r1, r5, 0x31).Store(target + targetStride);
        Avx.Permute2x128(r2, r6, 0x31).Store(target + (2L * targetStride));
        Avx.Permute2x128(r3, r7, 0x31).Store(target + (3L * targetStride));
    }
}
