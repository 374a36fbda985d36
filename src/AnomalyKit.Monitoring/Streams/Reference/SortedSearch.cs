namespace AnomalyKit.Monitoring.Reference;

/// <summary>Counts in sorted values, without branches that depend on the data.</summary>
internal static class SortedSearch
{
    /// <summary>How many are below a value.</summary>
    public static int CountBelow(ReadOnlySpan<double> sorted, double value)
    {
        int start = 0;
        int length = sorted.Length;
        while (length > 0)
        {
            int half = (length + 1) >> 1;
            // A conditional expression of two constants becomes no branch, which would be mispredicted half of the time.
            start += (sorted[start + half - 1] < value ? 1 : 0) * half;
            length -= half;
        }

        return start;
    }

    /// <summary>How many are at most a value.</summary>
    public static int CountThrough(ReadOnlySpan<double> sorted, double value)
    {
        int start = 0;
        int length = sorted.Length;
        while (length > 0)
        {
            int half = (length + 1) >> 1;
            // A conditional expression of two constants becomes no branch, which would be mispredicted half of the time.
            start += (sorted[start + half - 1] <= value ? 1 : 0) * half;
            length -= half;
        }

        return start;
    }
}
