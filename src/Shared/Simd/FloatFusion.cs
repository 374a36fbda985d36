using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Simd;

/// <summary>Fused multiply-add of floats, with the bits of the instruction, for processors that do not have it. The runtime would call a function for every single lane.</summary>
/// <remarks>
/// A product of two floats is exact as a double, so only the addition rounds, to 53 bits, and then the conversion to 24. Rounding twice differs from rounding once only where the double lies
/// in the very middle of two floats without being the exact sum, or is so small that a float has fewer than 24 bits. Such lanes are rare, and are computed one by one.
/// S. Boldo, G. Melquiond: <i>Emulation of FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding to Odd</i>, IEEE Transactions on Computers 57, 2008.
/// </remarks>
internal static class FloatFusion
{
    // The bits of a double that a float does not keep, and what they are in the middle of two floats.
    private const int DroppedBits = 0x1FFFFFFF;
    private const int Middle = 0x10000000;
    private const int MantissaBits = 23;

    /// <summary>left · right + addend, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        if (Fma.IsSupported || !Sse41.IsSupported)
            return Vector128.FusedMultiplyAdd(left, right, addend);
        return ByDoubles(left, right, addend);
    }

    /// <summary>The same by doubles, whatever the processor has: for tests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ByDoubles(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        var low = (Vector128.WidenLower(left) * Vector128.WidenLower(right)) + Vector128.WidenLower(addend);
        var high = (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)) + Vector128.WidenUpper(addend);
        var result = Vector128.Narrow(low, high);
        return AnySuspect(low, high, result) ? Exactly(left, right, addend) : result;
    }

    /// <summary>left · right + addend, rounded once, of one lane.</summary>
    public static float MultiplyAdd(float left, float right, float addend)
    {
        double product = (double)left * right;
        double sum = product + addend;
        if (!double.IsFinite(sum))
            return (float)sum;

        // What the addition lost, exactly (Knuth's TwoSum).
        double part = sum - product;
        double lost = (product - (sum - part)) + (addend - part);
        long bits = BitConverter.DoubleToInt64Bits(sum);
        // Rounding to odd: an inexact sum ends in 1, so that it is never in the middle.
        if (lost != 0 && (bits & 1) == 0)
            sum = BitConverter.Int64BitsToDouble(lost > 0 == sum > 0 ? bits + 1 : bits - 1);
        return (float)sum;
    }

    /// <summary>Whether a sum lies in the middle of two floats, or its float is one of fewer than 24 bits, or next to those, and not zero: a sum that comes out as zero is too small to be inexact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnySuspect(Vector128<double> low, Vector128<double> high, Vector128<float> result)
    {
        // The lower halves of the four doubles: all that is dropped is in them.
        var halves = Sse.IsSupported
            ? Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsInt32()
            : Vector128.Create(low.AsInt32().GetElement(0), low.AsInt32().GetElement(2), high.AsInt32().GetElement(0), high.AsInt32().GetElement(2));
        var middle = Vector128.Equals(halves & Vector128.Create(DroppedBits), Vector128.Create(Middle));
        // From 1 to the bits of the smallest normal float; zero becomes −1, whose upper bits are set.
        var size = (result.AsInt32() & Vector128.Create(int.MaxValue)) + Vector128<int>.AllBitsSet;
        var small = Vector128.Equals(Vector128.ShiftRightLogical(size, MantissaBits), Vector128<int>.Zero);
        return Vector128.ExtractMostSignificantBits(middle | small) != 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> Exactly(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        var result = addend;
        for (int lane = 0; lane < Vector128<float>.Count; lane++)
            result = result.WithElement(lane, MultiplyAdd(left.GetElement(lane), right.GetElement(lane), addend.GetElement(lane)));
        return result;
    }
}
