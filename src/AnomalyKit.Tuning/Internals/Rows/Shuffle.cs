using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning;

/// <summary>Random orders that follow from a seed and a stream alone.</summary>
internal static class Shuffle
{
    /// <summary>Puts values into a random order, every order equally likely.</summary>
    public static T[] Of<T>(ReadOnlySpan<T> values, ulong seed, ulong stream)
    {
        var random = new CounterRandom(seed, stream);
        T[] shuffled = values.ToArray();
        for (int last = shuffled.Length - 1; last > 0; last--)
        {
            int other = random.NextInt32(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }
}
