namespace AnomalyKit.Numerics;

/// <summary>Ranks of values from 1 for the lowest; equal values share the mean of their ranks.</summary>
internal static class MidRanks
{
    /// <summary>The rank of each value.</summary>
    /// <param name="values">Values without NaN.</param>
    /// <returns>A rank per value, in the order of the values.</returns>
    public static double[] Of<T>(ReadOnlySpan<T> values)
        where T : IComparable<T>
    {
        T[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end].CompareTo(sorted[start]) == 0)
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }

        return ranks;
    }
}
