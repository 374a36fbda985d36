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
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref int bits = ref Unsafe.As<float, int>(ref MemoryMarshal.GetReference(values));
            var mask = Vector256.Create(ExponentMask);
            // A number is finite if its exponent bits are not all set. Four vectors a step keep the loads coming; the scalar loop finds the place.
            for (; i <= values.Length - 32; i += 32)
            {
                var found = Vector256.Equals(Vector256.LoadUnsafe(ref bits, (nuint)i) & mask, mask)
                    | Vector256.Equals(Vector256.LoadUnsafe(ref bits, (nuint)i + 8) & mask, mask)
                    | Vector256.Equals(Vector256.LoadUnsafe(ref bits, (nuint)i + 16) & mask, mask)
                    | Vector256.Equals(Vector256.LoadUnsafe(ref bits, (nuint)i + 24) & mask, mask);
                if (found != Vector256<int>.Zero)
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
