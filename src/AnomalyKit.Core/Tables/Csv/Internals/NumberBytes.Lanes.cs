using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AnomalyKit.Csv;

/// <content>The kernel for AVX2. <see cref="ReadWords"/> is its scalar reference.</content>
internal static partial class NumberBytes
{
    /// <summary>The most digits that become a number at once, and the bytes in front of a number that are read with it.</summary>
    private const int LaneBytes = 16;

    /// <summary>From position n on, the last n of 16 lanes are kept.</summary>
    private static ReadOnlySpan<byte> LastLanes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Reads a number at the start of a window of bytes, at most 31 of them. Where the point is and where the digits end follows from one comparison of all.</summary>
    /// <param name="text">The window; 16 bytes in front of it can be read, too.</param>
    /// <param name="value">The number.</param>
    /// <returns>How long it is; 0 where there is none that can be read.</returns>
    /// <remarks>The next number waits for nothing but the comparison. No local is handed on by reference: all stay in registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ReadLanes(ref byte text, out double value)
    {
        var lanes = Vector256.LoadUnsafe(ref text) - Vector256.Create((byte)'0');
        uint others = ~Vector256.Equals(Vector256.Min(lanes, Vector256.Create((byte)9)), lanes).ExtractMostSignificantBits();
        // Signs follow no pattern, so nothing branches on them.
        int sign = Unsafe.BitCast<bool, byte>(text == '-');
        others &= ~(uint)sign;
        int point = BitOperations.TrailingZeroCount(others);
        int end = point;
        int fraction = 0;
        if (point < Window && At(ref text, point) == '.')
        {
            end = BitOperations.TrailingZeroCount(others & (others - 1));
            fraction = end - point - 1;
            // A point without digits behind it is left to the long way.
            if (fraction is 0 or > LaneBytes)
                return ReadByWords(ref text, out value);
        }

        int whole = point - sign;
        if (whole > LaneBytes || (uint)(whole + fraction - 1) > MostDigits - 1 || end == Window || (At(ref text, end) | 0x20) == 'e')
            return ReadByWords(ref text, out value);
        // Most fractions have one digit before the point.
        ulong digits = whole == 1 ? (ulong)(At(ref text, sign) - '0') : JoinedBefore(ref Unsafe.Add(ref text, point), whole);
        if (fraction > 0)
            digits = (digits * Tens[fraction]) + JoinedBefore(ref Unsafe.Add(ref text, end), fraction);
        double scaled = digits <= 1UL << 53 ? digits / CellParser.PowersOfTen[fraction] : Scaled(digits, -fraction);
        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(scaled) | ((ulong)sign << 63));
        return double.IsNaN(scaled) ? 0 : end;
    }

    // These two take addresses of locals, which the kernel must not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadByWords(ref byte text, out double value)
    {
        int length = ReadWords(ref text, out double read);
        value = read;
        return length;
    }

    /// <summary>digits × 10^power; NaN where that takes a longer way.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Scaled(ulong digits, int power) => CellParser.TryScale(digits, power, out double scaled) ? scaled : double.NaN;

    /// <summary>The number that the digits before a place make, at most 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong JoinedBefore(ref byte end, int count)
    {
        var digits = Vector128.LoadUnsafe(ref Unsafe.Subtract(ref end, LaneBytes)) - Vector128.Create((byte)'0');
        digits &= Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LastLanes), (nuint)count);
        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)0x010A).AsSByte());
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064).AsInt16());
        var eights = Sse2.MultiplyAddAdjacent(Sse41.PackUnsignedSaturate(fours, fours).AsInt16(), Vector128.Create(0x0001_2710).AsInt16());
        ulong both = eights.AsUInt64().ToScalar();
        return ((uint)both * 100_000_000UL) + (both >> 32);
    }
}
