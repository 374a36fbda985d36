using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Numerics;

/// <summary>Finds NaN and infinity among float32 values.</summary>
internal static class FiniteCheck
{
    private const int ExponentMask = 0x7F800000;

    /// <summary>The position of the first NaN or infinity, or −1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        // A number is finite if its exponent bits are not all set, and no exponent is larger than that. Four vectors a step keep the loads coming; the scalar
        // loop finds the place.
        int i = 0;
        ref int bits = ref Unsafe.As<float, int>(ref MemoryMarshal.GetReference(values));
        if (Vector512.IsHardwareAccelerated)
        {
            var mask = Vector512.Create(ExponentMask);
            for (; i <= values.Length - 64; i += 64)
            {
                var low = Vector512.Max(Vector512.LoadUnsafe(ref bits, (nuint)i) & mask, Vector512.LoadUnsafe(ref bits, (nuint)i + 16) & mask);
                var high = Vector512.Max(Vector512.LoadUnsafe(ref bits, (nuint)i + 32) & mask, Vector512.LoadUnsafe(ref bits, (nuint)i + 48) & mask);
                if (Vector512.EqualsAny(Vector512.Max(low, high), mask))
                    break;
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var mask = Vector256.Create(ExponentMask);
            for (; i <= values.Length - 32; i += 32)
            {
                var low = Vector256.Max(Vector256.LoadUnsafe(ref bits, (nuint)i) & mask, Vector256.LoadUnsafe(ref bits, (nuint)i + 8) & mask);
                var high = Vector256.Max(Vector256.LoadUnsafe(ref bits, (nuint)i + 16) & mask, Vector256.LoadUnsafe(ref bits, (nuint)i + 24) & mask);
                if (Vector256.EqualsAny(Vector256.Max(low, high), mask))
                    break;
            }
        }

        int position = IndexOfNonFiniteScalar(values[i..]);
        return position < 0 ? -1 : i + position;
    }

    /// <summary>The scalar reference of <see cref="IndexOfNonFinite"/>.</summary>
    public static int IndexOfNonFiniteScalar(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }
}
