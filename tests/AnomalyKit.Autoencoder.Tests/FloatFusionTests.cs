using System.Runtime.Intrinsics;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>The fused multiply-add of processors without the instruction has the bits of the instruction.</summary>
public sealed class FloatFusionTests
{
    private static readonly float[] Edges =
    [
        0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1.17549435e-38f, 1.1754942e-38f, 5.877472e-39f, float.MaxValue, -float.MaxValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1.0000001f, 0.99999994f, 16777216, 16777215, 8388608.5f, 5.9604645e-08f, 5.960465e-08f, 2.2204460e-16f, -4.9303807e-32f,
        1e-20f, -1e-20f, 1e20f, 3.4e38f, 1.1920929e-07f,
    ];

    [Fact]
    public void Edges_of_the_range()
    {
        foreach (float left in Edges)
        {
            foreach (float right in Edges)
            {
                foreach (float addend in Edges)
                    AssertFused(left, right, addend);
            }
        }
    }

    [Fact]
    public void Numbers_of_any_bits()
    {
        var random = new CounterRandom(1);
        for (int i = 0; i < 200_000; i++)
            AssertFused(AnyFloat(random), AnyFloat(random), AnyFloat(random));
    }

    [Fact]
    public void Sums_beside_the_middle_of_two_floats()
    {
        // left · right is a float and a half of its last place, give or take far smaller addends: what rounding twice gets wrong.
        var random = new CounterRandom(2);
        int wrongByTwoRoundings = 0;
        for (int i = 0; i < 200_000; i++)
        {
            float left = 1 + (random.NextInt32(1 << 12) / 4096f);
            float right = (float)((random.NextInt32(1 << 11) * 2) + 4097) / 4096;
            float addend = MathF.ScaleB(random.NextInt32(2) == 0 ? 1 : -1, -20 - random.NextInt32(110));
            AssertFused(left, right, addend);
            wrongByTwoRoundings += (float)(((double)left * right) + addend) != MathF.FusedMultiplyAdd(left, right, addend) ? 1 : 0;
        }

        Assert.True(wrongByTwoRoundings > 100, $"Only {wrongByTwoRoundings} cases tell one rounding from two.");
    }

    [Fact]
    public void Sums_smaller_than_normal_floats()
    {
        var random = new CounterRandom(3);
        for (int i = 0; i < 200_000; i++)
        {
            float left = MathF.ScaleB(1 + random.NextInt32(1 << 23) / 8388608f, -60 - random.NextInt32(20));
            float right = MathF.ScaleB(1 + random.NextInt32(1 << 23) / 8388608f, -60 - random.NextInt32(20));
            AssertFused(left, random.NextInt32(2) == 0 ? right : -right, BitConverter.Int32BitsToSingle(random.NextInt32(1 << 24)));
        }
    }

    private static float AnyFloat(CounterRandom random) => BitConverter.UInt32BitsToSingle(((uint)random.NextInt32(1 << 16) << 16) | (uint)random.NextInt32(1 << 16));

    private static void AssertFused(float left, float right, float addend)
    {
        float expected = MathF.FusedMultiplyAdd(left, right, addend);
        AssertSame(expected, FloatFusion.MultiplyAdd(left, right, addend));
        // Each lane by itself, beside others that need no care.
        for (int lane = 0; lane < 4; lane++)
        {
            var sums = FloatFusion.ByDoubles(
                Vector128.Create(2f).WithElement(lane, left), Vector128.Create(3f).WithElement(lane, right), Vector128.Create(4f).WithElement(lane, addend));
            for (int i = 0; i < 4; i++)
                AssertSame(i == lane ? expected : 10, sums.GetElement(i));
        }

        void AssertSame(float fused, float actual)
        {
            if (BitConverter.SingleToInt32Bits(fused) != BitConverter.SingleToInt32Bits(actual) && !(float.IsNaN(fused) && float.IsNaN(actual)))
                Assert.Fail($"{left:R} · {right:R} + {addend:R} is {fused:R}, not {actual:R}.");
        }
    }
}
