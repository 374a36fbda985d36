using AnomalyKit.Numerics;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Variates that are the same to the last bit on every machine: only sums, products, quotients and square roots, which IEEE 754 defines exactly.</summary>
internal static class ExactRandom
{
    /// <summary>Nearly normal, mean 0 and variance 1: the sum of twelve 16-bit uniform numbers (Irwin-Hall), within ±6.</summary>
    public static double Bell(ref CounterRandom random)
    {
        int sum = 0;
        for (int i = 0; i < 6; i++)
        {
            uint word = random.NextUInt32();
            sum += (int)(word & 0xFFFF) + (int)(word >> 16);
        }

        return (sum * (1.0 / 65536)) - 6 + (6.0 / 65536);
    }

    /// <summary>At least 1, Pareto with tail index 8: the scale of cells that are far out now and then.</summary>
    public static double HeavyScale(ref CounterRandom random) => 1 / Math.Sqrt(Math.Sqrt(Math.Sqrt(1 - random.NextDouble())));

    /// <summary>Uniform between two numbers.</summary>
    public static double Between(ref CounterRandom random, double low, double high) => low + ((high - low) * random.NextDouble());
}
