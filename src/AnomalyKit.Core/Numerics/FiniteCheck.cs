using System.Numerics;
using System.Runtime.InteropServices;

namespace AnomalyKit.Numerics;

/// <summary>Finds NaN and infinity among float32 values.</summary>
internal static class FiniteCheck
{
    private const int ExponentMask = 0x7F800000;

    /// <summary>The position of the first NaN or infinity, or −1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        var mask = new Vector<int>(ExponentMask);
        int width = Vector<int>.Count;
        int i = 0;
        // Four vectors a step hide the latency of the compare; the exact position is found by the scalar loop below.
        for (; i <= bits.Length - (4 * width); i += 4 * width)
        {
            var found = Vector.Equals(new Vector<int>(bits[i..]) & mask, mask)
                | Vector.Equals(new Vector<int>(bits[(i + width)..]) & mask, mask)
                | Vector.Equals(new Vector<int>(bits[(i + (2 * width))..]) & mask, mask)
                | Vector.Equals(new Vector<int>(bits[(i + (3 * width))..]) & mask, mask);
            if (found != Vector<int>.Zero)
                break;
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
