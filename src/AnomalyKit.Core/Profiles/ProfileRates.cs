namespace AnomalyKit.Profiles;

/// <summary>By how much the samples of several profiles are thinned, so that a sampled row of each stands for as many rows.</summary>
/// <remarks>The part with the fewest sampled rows per row stays as it is. To weight rows instead would make a sample look larger than it is, and tests too sure.</remarks>
internal sealed class ProfileRates
{
    private readonly double[] _rates;

    /// <param name="rowCounts">How many rows each part stands for.</param>
    /// <param name="sampleSizes">How many rows its sample has, at least 1.</param>
    public ProfileRates(ReadOnlySpan<long> rowCounts, ReadOnlySpan<long> sampleSizes)
    {
        _rates = new double[rowCounts.Length];
        for (int i = 0; i < _rates.Length; i++)
            _rates[i] = (double)rowCounts[i] / sampleSizes[i];
        double most = _rates.Max();
        for (int i = 0; i < _rates.Length; i++)
            _rates[i] /= most;
    }

    /// <summary>What a number of sampled rows of a part counts for; itself where all parts are sampled alike.</summary>
    public double Of(int part, long count) => _rates[part] * count;

    /// <summary>Whole numbers of rows. What rounding takes from one part it gives to the next, so that many small parts are not lost.</summary>
    public long[] Thinned(ReadOnlySpan<long> counts)
    {
        var thinned = new long[counts.Length];
        double sum = 0;
        long taken = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            sum += Of(i, counts[i]);
            thinned[i] = Math.Clamp((long)Math.Round(sum) - taken, 0, counts[i]);
            taken += thinned[i];
        }

        return thinned;
    }
}
