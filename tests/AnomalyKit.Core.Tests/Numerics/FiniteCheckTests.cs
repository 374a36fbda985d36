using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public class FiniteCheckTests
{
    private static readonly float[] NotFinite =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0x7F800001), BitConverter.UInt32BitsToSingle(0xFFFFFFFF),
    ];

    private static readonly float[] Finite = [0f, -0f, 1f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1.1754942e-38f];

    public static TheoryData<int> Lengths => [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 2048];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_kernel_finds_a_bad_value_wherever_it_is(int length)
    {
        float[] values = [.. Enumerable.Range(0, length).Select(i => Finite[i % Finite.Length])];
        Assert.Equal(-1, FiniteCheck.IndexOfNonFinite(values));
        Assert.Equal(-1, FiniteCheck.IndexOfNonFiniteScalar(values));
        for (int at = 0; at < length; at++)
        {
            float kept = values[at];
            values[at] = NotFinite[at % NotFinite.Length];
            Assert.Equal(at, FiniteCheck.IndexOfNonFinite(values));
            Assert.Equal(at, FiniteCheck.IndexOfNonFiniteScalar(values));
            values[at] = kept;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_kernel_names_the_first_of_many_and_looks_no_further(int length)
    {
        for (int first = 0; first < length; first += 1 + (length / 50))
        {
            // One bad value lies right behind the span.
            var values = new float[length + 1];
            values.AsSpan(first).Fill(float.NaN);
            Assert.Equal(first, FiniteCheck.IndexOfNonFinite(values.AsSpan(0, length)));
            Assert.Equal(-1, FiniteCheck.IndexOfNonFinite(values.AsSpan(0, first)));
        }
    }
}
