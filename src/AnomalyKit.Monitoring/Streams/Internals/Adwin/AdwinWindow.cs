namespace AnomalyKit.Monitoring.Adwin;

/// <summary>A window of adaptive length as an exponential histogram: buckets of 1, 2, 4, … values, at most a given number of each size, the largest ones oldest.</summary>
internal sealed class AdwinWindow(int maxBuckets)
{
    private const int MinSide = 5;

    private readonly List<List<AdwinBucket>> _rows = [[]];

    public long Length { get; private set; }

    public double Mean => Length == 0 ? 0 : Total(out _) / Length;

    /// <summary>The mean squared deviation from the mean.</summary>
    public double Variance
    {
        get
        {
            Total(out double deviations);
            return Length == 0 ? 0 : deviations / Length;
        }
    }

    public void Add(double value)
    {
        _rows[0].Add(new AdwinBucket(value, 0));
        Length++;
        for (int row = 0; row < _rows.Count && _rows[row].Count > maxBuckets; row++)
        {
            if (row + 1 == _rows.Count)
                _rows.Add([]);
            // The oldest of a row stand first.
            _rows[row + 1].Add(AdwinBucket.Merge(_rows[row][0], _rows[row][1], 1L << row));
            _rows[row].RemoveRange(0, 2);
        }
    }

    /// <summary>Drops what is older than the plainest change, as often as there is one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Cut(double delta)
    {
        bool any = false;
        while (PlainestCut(delta) is { } oldBuckets)
        {
            any = true;
            for (int i = 0; i < oldBuckets; i++)
                DropOldest();
        }

        return any;
    }

    /// <summary>Buckets from the oldest: their row, sum and squared deviations.</summary>
    public IEnumerable<(int Row, AdwinBucket Bucket)> OldestFirst()
    {
        for (int row = _rows.Count - 1; row >= 0; row--)
        {
            foreach (var bucket in _rows[row])
                yield return (row, bucket);
        }
    }

    /// <summary>Puts a saved bucket back; the oldest come first.</summary>
    /// <returns>Whether it fits.</returns>
    public bool TryRestore(int row, AdwinBucket bucket)
    {
        while (_rows.Count <= row)
            _rows.Add([]);
        // Smaller buckets are newer, so a larger one cannot follow.
        for (int newer = 0; newer < row; newer++)
        {
            if (_rows[newer].Count > 0)
                return false;
        }

        _rows[row].Add(bucket);
        Length += 1L << row;
        return _rows[row].Count <= maxBuckets;
    }

    private double Total(out double deviations)
    {
        double sum = 0;
        foreach (var (_, bucket) in OldestFirst())
            sum += bucket.Sum;
        double mean = sum / Math.Max(1, Length);
        deviations = 0;
        foreach (var (row, bucket) in OldestFirst())
        {
            double size = 1L << row;
            double difference = (bucket.Sum / size) - mean;
            deviations += bucket.SquaredDeviations + (size * difference * difference);
        }

        return sum;
    }

    /// <summary>After how many buckets, from the oldest, the means of both sides differ most beyond what chance explains, if they do.</summary>
    private int? PlainestCut(double delta)
    {
        double sum = Total(out double deviations);
        double variance = deviations / Length;
        double logTerm = Math.Log(2 * Math.Log(Length) / delta);
        double plainest = 0;
        int? cut = null;
        int buckets = 0;
        long oldLength = 0;
        double oldSum = 0;
        for (int row = _rows.Count - 1; row >= 0; row--)
        {
            foreach (var bucket in _rows[row])
            {
                buckets++;
                oldLength += 1L << row;
                oldSum += bucket.Sum;
                long newLength = Length - oldLength;
                if (oldLength < MinSide || newLength < MinSide)
                    continue;
                double reciprocal = (1.0 / (oldLength - MinSide + 1)) + (1.0 / (newLength - MinSide + 1));
                double tolerance = Math.Sqrt(2 * reciprocal * variance * logTerm) + (2.0 / 3 * reciprocal * logTerm);
                double excess = Math.Abs((oldSum / oldLength) - ((sum - oldSum) / newLength)) - tolerance;
                if (excess > plainest)
                    (plainest, cut) = (excess, buckets);
            }
        }

        return cut;
    }

    private void DropOldest()
    {
        int row = _rows.Count - 1;
        while (_rows[row].Count == 0)
            row--;
        _rows[row].RemoveAt(0);
        Length -= 1L << row;
        while (_rows.Count > 1 && _rows[^1].Count == 0)
            _rows.RemoveAt(_rows.Count - 1);
    }
}
