namespace AnomalyKit.Monitoring.Reference;

/// <summary>Which ranks of a reference sample are kept: all of a small one; of a large one half of them evenly spread, half of them closer and closer towards both ends.</summary>
/// <remarks>They depend on the number of values alone, never on the values: the guarantees of the monitors rest on that.</remarks>
internal static class EdgeRanks
{
    public static long[] Choose(long count, int max)
    {
        if (count <= max)
            return [.. Range(count)];
        var ranks = new SortedSet<long>();
        int even = max / 2;
        for (int i = 1; i <= even; i++)
            ranks.Add(Math.Clamp((long)((double)i * (count + 1) / (even + 1)), 1, count));
        int tail = (max - even) / 2;
        double growth = Math.Pow(count / 8.0, 1.0 / tail);
        for (int i = 0; i < tail; i++)
        {
            long rank = Math.Clamp((long)Math.Pow(growth, i), 1, count);
            ranks.Add(rank);
            ranks.Add(count + 1 - rank);
        }

        return [.. ranks];
    }

    private static IEnumerable<long> Range(long count)
    {
        for (long rank = 1; rank <= count; rank++)
            yield return rank;
    }
}
