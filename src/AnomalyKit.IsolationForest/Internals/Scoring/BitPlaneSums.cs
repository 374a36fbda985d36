using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Turns bit planes of whole numbers, one number per row, back into numbers.</summary>
internal static unsafe class BitPlaneSums
{
    private const int ChunkPlanes = 30;

    /// <summary>Adds Σ 2^b · plane b to each row's sum; exact below 2⁵³.</summary>
    public static void AddTo(double* sums, int rowCount, ulong* planes, int planeCount, int planeWords)
    {
        for (int first = 0; first < planeCount; first += ChunkPlanes)
        {
            int count = Math.Min(ChunkPlanes, planeCount - first);
            double unit = Math.ScaleB(1, first);
            byte* chunk = (byte*)(planes + ((long)first * planeWords));
            int row = 0;
            if (Vector256.IsHardwareAccelerated)
                row = AddVector256(sums, rowCount, chunk, count, planeWords * sizeof(ulong), unit);
            AddScalar(sums, row, rowCount, chunk, count, planeWords * sizeof(ulong), unit);
        }
    }

    private static void AddScalar(double* sums, int row, int rowCount, byte* planes, int count, int planeBytes, double unit)
    {
        for (; row < rowCount; row++)
        {
            int number = 0;
            for (int plane = 0; plane < count; plane++)
                number |= ((planes[((long)plane * planeBytes) + (row >> 3)] >> (row & 7)) & 1) << plane;
            sums[row] += number * unit;
        }
    }

    private static int AddVector256(double* sums, int rowCount, byte* planes, int count, int planeBytes, double unit)
    {
        var lane = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        int row = 0;
        for (; row <= rowCount - 32; row += 32)
        {
            var a = Vector256<int>.Zero;
            var b = Vector256<int>.Zero;
            var c = Vector256<int>.Zero;
            var d = Vector256<int>.Zero;
            var bit = Vector256<int>.One;
            byte* word = planes + (row >> 3);
            for (int plane = 0; plane < count; plane++, word += planeBytes, bit <<= 1)
            {
                var bits = Vector256.Create(*(int*)word);
                a |= Vector256.Equals(bits & lane, lane) & bit;
                b |= Vector256.Equals(bits & (lane << 8), lane << 8) & bit;
                c |= Vector256.Equals(bits & (lane << 16), lane << 16) & bit;
                d |= Vector256.Equals(bits & (lane << 24), lane << 24) & bit;
            }

            Add(sums + row, a, unit);
            Add(sums + row + 8, b, unit);
            Add(sums + row + 16, c, unit);
            Add(sums + row + 24, d, unit);
        }

        return row;
    }

    private static void Add(double* sums, Vector256<int> numbers, double unit)
    {
        // Numbers have at most 30 bits, so their 64-bit form converts exactly through the 52-bit mantissa trick of the JIT or the hardware.
        var (low, high) = Vector256.Widen(numbers);
        (Vector256.Load(sums) + (Vector256.ConvertToDouble(low) * Vector256.Create(unit))).Store(sums);
        (Vector256.Load(sums + 4) + (Vector256.ConvertToDouble(high) * Vector256.Create(unit))).Store(sums + 4);
    }
}
