namespace AnomalyKit;

/// <content>Ranks and quantiles.</content>
public sealed partial class QuantileSketch
{
    /// <summary>How often <see cref="RankError"/> may be exceeded.</summary>
    internal const double ErrorProbability = 0.01;

    private const int ErrorGrid = 1 << 14;

    /// <summary>
    /// A bound for the error of every <see cref="Rank"/> at once, as a fraction of <see cref="Count"/>: it holds with a probability of at least 99 % over the choice of the seed, and is 0 while
    /// all values are kept as they are.
    /// </summary>
    /// <remarks>
    /// The errors of the thinnings so far, added up: those that are certain as they are, those that were drawn by Hoeffding's inequality over 16,384 ranks, between which a rank cannot move
    /// by more than 1 / 16,384.
    /// </remarks>
    public double RankError
    {
        get
        {
            if (Count == 0)
                return 0;
            double drawn = _variance == 0 ? 0 : Math.Sqrt(2 * _variance * Math.Log(2 * ErrorGrid / ErrorProbability)) + ((double)Count / ErrorGrid);
            return Math.Min(1, (_certainError + drawn) / Count);
        }
    }

    /// <summary>The values that are kept, in ascending order.</summary>
    /// <value>As many as <see cref="CumulativeCounts"/>.</value>
    public ReadOnlyMemory<double> KeptValues => Sorted().Values;

    /// <summary>For each of <see cref="KeptValues"/> how many of the added values it and all before it stand for; the last is <see cref="Count"/>.</summary>
    public ReadOnlyMemory<long> CumulativeCounts => Sorted().Counts;

    /// <summary>The fraction of the added values that are not above a value.</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <param name="isInclusive">Whether values equal to it count; otherwise only those below it do.</param>
    /// <returns>From 0 to 1, within <see cref="RankError"/>.</returns>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public double Rank(double value, bool isInclusive = true)
    {
        if (double.IsNaN(value))
            throw new ArgumentException("The value is NaN, which has no rank.", nameof(value));
        if (Count == 0)
            throw Empty();
        // What was dropped lies between the ends, which are known.
        if (isInclusive ? value >= _maximum : value > _maximum)
            return 1;
        if (isInclusive ? value < _minimum : value <= _minimum)
            return 0;
        var view = Sorted();
        int kept = view.CountUpTo(value, isInclusive);
        return kept == 0 ? 0 : (double)view.Counts[kept - 1] / Count;
    }

    /// <summary>The smallest value of which the inclusive rank reaches a fraction.</summary>
    /// <param name="fraction">From 0 (the smallest value) to 1 (the greatest).</param>
    /// <returns>One of the added values; its rank is within <see cref="RankError"/> of the fraction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction lies outside 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public double Quantile(double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction must be between 0 and 1.");
        if (Count == 0)
            throw Empty();
        if (fraction == 0)
            return _minimum;
        if (fraction == 1)
            return _maximum;
        var view = Sorted();
        // The product may come out above the whole number that it is.
        double wanted = fraction * Count;
        long rank = (long)Math.Ceiling(wanted - (1e-12 * wanted));
        int at = view.Counts.AsSpan().BinarySearch(Math.Max(rank, 1));
        return view.Values[at >= 0 ? at : ~at];
    }

    private View Sorted() => _view ??= Look();

    private View Look()
    {
        int kept = (int)Kept() + _inputCount;
        var values = new double[kept];
        var weights = new long[kept];
        int at = _inputCount;
        _input.AsSpan(0, _inputCount).CopyTo(values);
        weights.AsSpan(0, _inputCount).Fill(1);
        for (int level = 0; level < MaxLevels; level++)
        {
            int size = _sizes[level];
            if (size == 0)
                continue;
            _levels[level].AsSpan(0, size).CopyTo(values.AsSpan(at));
            weights.AsSpan(at, size).Fill(1L << level);
            at += size;
        }

        Array.Sort(values, weights);
        for (int i = 1; i < kept; i++)
            weights[i] += weights[i - 1];
        return new View(values, weights);
    }

    private sealed record View(double[] Values, long[] Counts)
    {
        /// <summary>How many of the kept values are below a value, or equal to it where that counts.</summary>
        public int CountUpTo(double value, bool isInclusive)
        {
            int low = 0;
            int high = Values.Length;
            while (low < high)
            {
                int middle = low + ((high - low) / 2);
                if (Values[middle] < value || (isInclusive && Values[middle] == value))
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
