namespace AnomalyKit.Numerics;

/// <summary>Order statistics and quantiles by selection, in linear expected time.</summary>
internal static class OrderStatistics
{
    /// <summary>Moves the value of a given rank to its sorted place, smaller ones before it and larger ones behind it.</summary>
    /// <param name="values">Values without NaN; reordered.</param>
    /// <param name="rank">The zero-based rank, below the length.</param>
    /// <returns>The value of that rank.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public static float Select(Span<float> values, int rank)
    {
        if ((uint)rank >= (uint)values.Length)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"There are {values.Length} values.");
        int low = 0;
        int high = values.Length - 1;
        // Every few rounds should halve the range; if they do not, sorting it bounds the worst case.
        int rounds = 4 * (int.Log2(values.Length) + 1);
        while (high - low > 16 && rounds-- > 0)
        {
            float pivot = MedianOfThree(values[low], values[low + ((high - low) / 2)], values[high]);
            // Three-way partition, so that many equal values cost one pass and not the square of their number.
            int less = low;
            int greater = high;
            for (int i = low; i <= greater;)
            {
                float value = values[i];
                if (value < pivot)
                {
                    values[i++] = values[less];
                    values[less++] = value;
                }
                else if (value > pivot)
                {
                    values[i] = values[greater];
                    values[greater--] = value;
                }
                else
                {
                    i++;
                }
            }

            if (rank < less)
                high = less - 1;
            else if (rank > greater)
                low = greater + 1;
            else
                return values[rank];
        }

        values[low..(high + 1)].Sort();
        return values[rank];
    }

    /// <summary>A quantile with linear interpolation between neighbors (R. J. Hyndman, Y. Fan, 1996, type 7: NumPy's default).</summary>
    /// <param name="values">At least one value, without NaN; reordered.</param>
    /// <param name="probability">From 0 (the smallest) to 1 (the largest).</param>
    /// <returns>The quantile.</returns>
    /// <exception cref="ArgumentException">There are no values, or the probability is out of range.</exception>
    public static double Quantile(Span<float> values, double probability)
    {
        if (values.IsEmpty)
            throw new ArgumentException("A quantile needs at least one value.", nameof(values));
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must be between 0 and 1.");
        double position = probability * (values.Length - 1);
        int below = (int)position;
        double lower = Select(values, below);
        double share = position - below;
        if (share == 0)
            return lower;
        double upper = float.PositiveInfinity;
        foreach (float value in values[(below + 1)..])
            upper = Math.Min(upper, value);

        // Between equal neighbours and above −∞ there is nothing to interpolate; ∞ − ∞ would be NaN.
        return lower == upper || double.IsNegativeInfinity(lower) ? lower : lower + (share * (upper - lower));
    }

    private static float MedianOfThree(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
