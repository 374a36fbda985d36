namespace AnomalyKit;

/// <content>A sketch of fewer values with the same quantiles.</content>
public sealed partial class QuantileSketch
{
    /// <summary>A sketch of so many values, evenly spaced in rank, as if fewer had been sampled: value k of n is the quantile at (k + ½) / n.</summary>
    /// <param name="count">At least 0, at most <see cref="Count"/>.</param>
    /// <returns>A new sketch, or this one if it has as many. It keeps hardly more values than this one (one more for each shorter run at the end), and its ends.</returns>
    internal QuantileSketch ThinnedTo(long count)
    {
        if (count == Count)
            return this;
        var thinned = new QuantileSketch(Capacity, Seed);
        if (count == 0)
            return thinned;
        var view = Sorted();
        int level = 0;
        while (count >> level > view.Values.Length)
            level++;
        double ratio = (double)count / Count;
        (thinned.Count, thinned._minimum, thinned._maximum) = (count, _minimum, _maximum);
        (thinned._thinnings, thinned._variance) = (_thinnings, _variance * ratio * ratio);
        // Half a value for the even spacing, and half a run where one value stands for several, as in OfSorted.
        thinned._certainError = (_certainError * ratio) + 0.5 + (level == 0 ? 0 : (1L << level) / 2.0);
        for (long start = 0; start < count; level--)
        {
            long step = 1L << level;
            var kept = new double[(count - start) / step];
            for (int i = 0; i < kept.Length; i++)
                kept[i] = At(start + (i * step) + (step / 2));
            if (kept.Length > 0)
                (thinned._levels[level], thinned._sizes[level]) = (kept, kept.Length);
            start += kept.Length * step;
        }

        return thinned;

        double At(long k)
        {
            // ⌈(k + ½) / n · N⌉, in whole numbers: the same on every machine.
            Int128 twice = 2 * (Int128)count;
            long rank = (long)(((((2 * (Int128)k) + 1) * Count) + twice - 1) / twice);
            int at = view.Counts.AsSpan().BinarySearch(rank);
            return view.Values[at >= 0 ? at : ~at];
        }
    }
}
