namespace AnomalyKit.Numerics;

/// <summary>Things of which each stands as often as its weight says, in a row: the first from position 0 to its end, the next from there.</summary>
internal static class CopyPositions
{
    /// <summary>The index of the thing at a position; the first or last one beyond the ends.</summary>
    /// <param name="ends">Where the copies of each end: the running sum of the weights, at least one.</param>
    /// <param name="position">A position, from 0 to the last end.</param>
    public static int IndexAt(ReadOnlySpan<double> ends, double position)
    {
        int low = 0;
        for (int high = ends.Length - 1; low < high;)
        {
            int middle = low + ((high - low) / 2);
            if (ends[middle] > position)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
