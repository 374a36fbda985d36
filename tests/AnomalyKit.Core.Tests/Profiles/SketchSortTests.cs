using AnomalyKit.Numerics;
using AnomalyKit.Profiles;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>Sorting by bits gives what sorting by comparisons gives, to the bit.</summary>
public sealed class SketchSortTests
{
    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (int length in (int[])[0, 1, 2, 3, 255, 1024, 4095, 4096, 5000])
            {
                for (int kind = 0; kind < 8; kind++)
                    cases.Add(length, kind);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_sorted_as_by_comparisons(int length, int kind)
    {
        double[] values = Values(length, kind);
        double[] expected = [.. values.Order()];
        SketchSort.Sort(values, new double[length]);
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));

        float[] singles = Array.ConvertAll(Values(length, kind), value => (float)value + 0f);
        float[] expectedSingles = [.. singles.Order()];
        SketchSort.Sort(singles, new float[length]);
        Assert.Equal(expectedSingles.Select(BitConverter.SingleToInt32Bits), singles.Select(BitConverter.SingleToInt32Bits));
    }

    private static double[] Values(int length, int kind)
    {
        var random = new CounterRandom((ulong)kind + 1);
        double[] values = new double[length];
        for (int i = 0; i < length; i++)
        {
            double gaussian = random.NextGaussian();
            values[i] = kind switch
            {
                0 => gaussian,
                1 => (float)gaussian,                               // 29 last bits are 0
                2 => Math.Round(10 * gaussian) + 0.0,               // whole numbers; no zero with a sign
                3 => -Math.Abs((float)gaussian),                    // all negative
                4 => 0,
                5 => i % 3 == 0 ? double.MaxValue : i % 3 == 1 ? double.MinValue : double.Epsilon,
                6 => Math.Pow(2, Math.Round(40 * gaussian)) * (i % 2 == 0 ? 1 : -1), // a single bit of the mantissa
                _ => (float)gaussian + 1e7,                         // an offset
            } + 0.0;
        }

        return values;
    }
}
