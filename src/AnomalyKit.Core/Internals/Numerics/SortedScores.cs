namespace AnomalyKit.Numerics;

/// <summary>Counting in sorted scores by bisection.</summary>
internal static class SortedScores
{
    /// <summary>How many lie below a value.</summary>
    public static int CountBelow(ReadOnlySpan<float> sorted, double value) => Count(sorted, value, orEqual: false);

    /// <summary>How many lie at or below a value.</summary>
    public static int CountUpTo(ReadOnlySpan<float> sorted, double value) => Count(sorted, value, orEqual: true);

    private static int Count(ReadOnlySpan<float> sorted, double value, bool orEqual)
    {
        int low = 0;
        for (int high = sorted.Length; low < high;)
        {
            int middle = low + ((high - low) / 2);
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
