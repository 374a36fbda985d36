using System.Numerics;

namespace AnomalyKit.Samples.CreditCard.Protocols;

/// <summary>
/// What <c>numpy.random.RandomState(seed).permutation(n)</c> gives, and with it the rows that pandas' <c>sample(random_state=seed)</c> draws.
/// </summary>
/// <remarks>
/// NumPy has frozen its legacy generator: the Mersenne Twister MT19937 (M. Matsumoto, T. Nishimura, ACM TOMACS 1998), seeded with Knuth's
/// multiplier, and a Fisher-Yates shuffle from the end whose indexes are drawn by masking and rejecting.
/// </remarks>
internal static class NumPyLegacyPermutation
{
    /// <summary>Shuffles 0 to <paramref name="count"/> − 1.</summary>
    public static int[] Create(uint seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var generator = new MersenneTwister(seed);
        var permutation = new int[count];
        for (int i = 0; i < count; i++)
            permutation[i] = i;
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)NextUpTo(generator, (uint)i);
            (permutation[i], permutation[j]) = (permutation[j], permutation[i]);
        }

        return permutation;
    }

    /// <summary>A number from 0 to <paramref name="largest"/>: the low bits of a word, drawn again while they are too large.</summary>
    private static uint NextUpTo(MersenneTwister generator, uint largest)
    {
        uint mask = (uint)(BitOperations.RoundUpToPowerOf2((ulong)largest + 1) - 1);
        uint drawn;
        do
        {
            drawn = generator.NextUInt32() & mask;
        }
        while (drawn > largest);
        return drawn;
    }
}
