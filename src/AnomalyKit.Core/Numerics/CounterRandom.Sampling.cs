using System.Buffers;
using System.Numerics;

namespace AnomalyKit.Numerics;

/// <content>Draws without replacement, and numbers below bounds beyond 2³¹.</content>
public partial struct CounterRandom
{
    /// <summary>A whole number below a bound, without bias. For bounds up to 2³¹ − 1 the number is that of <see cref="NextInt32"/>, and as many words are used up.</summary>
    /// <param name="bound">The exclusive upper bound, at least 1.</param>
    /// <returns>A number from 0 to <paramref name="bound"/> − 1, each equally likely.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public long NextInt64(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        if (bound <= int.MaxValue)
            return NextInt32((int)bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong reject = (0UL - range) % range;
            while (low < reject)
                high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (long)high;
    }

    /// <summary>Draws distinct numbers, every subset equally likely (R. W. Floyd's algorithm, Bentley and Floyd, CACM 1987).</summary>
    /// <param name="population">Numbers are drawn from 0 to <paramref name="population"/> − 1.</param>
    /// <param name="sample">Receives as many distinct numbers as it has room for. The set is random; its order is not.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample is larger than the population.</exception>
    public void SampleWithoutReplacement(int population, Span<int> sample) => Sample(population, sample);

    /// <summary>Draws distinct numbers from a population of any size, every subset equally likely. Of populations up to 2³¹ − 1 the numbers are those of the form for <see cref="int"/>.</summary>
    /// <param name="population">Numbers are drawn from 0 to <paramref name="population"/> − 1.</param>
    /// <param name="sample">Receives as many distinct numbers as it has room for. The set is random; its order is not.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample is larger than the population.</exception>
    public void SampleWithoutReplacement(long population, Span<long> sample) => Sample(population, sample);

    private void Sample<T>(long population, Span<T> sample)
        where T : struct, IBinaryInteger<T>
    {
        if (sample.Length > population)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sample), sample.Length, $"No more than {population} distinct numbers can be drawn from a population of {population}.");
        }

        if (sample.Length > 1 << 29 && sample.Length != population)
            throw new ArgumentOutOfRangeException(nameof(sample), sample.Length, $"At most {1 << 29} distinct numbers can be drawn.");
        if (sample.Length == population)
        {
            for (int i = 0; i < sample.Length; i++)
                sample[i] = T.CreateTruncating(i);
            return;
        }

        // An open-addressing set at most half full; entries are number + 1, so that 0 means empty.
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(sample.Length, 4)) * 2;
        T[] set = ArrayPool<T>.Shared.Rent(slots);
        set.AsSpan(0, slots).Clear();
        long top = population - sample.Length;
        for (int i = 0; i < sample.Length; i++, top++)
        {
            var drawn = T.CreateTruncating(NextInt64(top + 1));
            if (!TryInsert(set, slots - 1, drawn))
            {
                // The top number cannot have been drawn before: it was out of reach until now.
                drawn = T.CreateTruncating(top);
                TryInsert(set, slots - 1, drawn);
            }

            sample[i] = drawn;
        }

        ArrayPool<T>.Shared.Return(set);
    }

    private static bool TryInsert<T>(T[] set, int mask, T number)
        where T : struct, IBinaryInteger<T>
    {
        int slot = (int)((ulong.CreateTruncating(number) * 0x9E3779B97F4A7C15UL) >> 33) & mask;
        while (set[slot] != T.Zero)
        {
            if (set[slot] == number + T.One)
                return false;
            slot = (slot + 1) & mask;
        }

        set[slot] = number + T.One;
        return true;
    }
}
