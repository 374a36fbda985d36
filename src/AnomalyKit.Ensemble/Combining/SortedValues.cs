namespace AnomalyKit.Ensemble;

/// <summary>Scores in ascending order with how often each counts: one that counts twice is the same as two.</summary>
internal sealed class SortedValues
{
    private readonly float[] _values;
    private readonly double[] _upTo;

    private SortedValues(float[] values, double[] upTo)
    {
        _values = values;
        _upTo = upTo;
    }

    /// <summary>How many there are.</summary>
    public double Total => _upTo[^1];

    /// <param name="values">At least one.</param>
    /// <param name="weights">How often each counts; empty where once.</param>
    public static SortedValues Of(float[] values, ReadOnlySpan<double> weights)
    {
        float[] sorted = [.. values];
        double[] upTo;
        if (weights.IsEmpty)
        {
            Array.Sort(sorted);
            upTo = new double[sorted.Length];
            Array.Fill(upTo, 1);
        }
        else
        {
            upTo = weights.ToArray();
            Array.Sort(sorted, upTo);
        }

        double sum = 0;
        for (int i = 0; i < upTo.Length; i++)
            upTo[i] = sum += upTo[i];
        return new SortedValues(sorted, upTo);
    }

    /// <summary>The least value that a share of all does not exceed.</summary>
    public float Quantile(double share) => At(share * Total);

    /// <summary>How many are greater.</summary>
    public double WeightAbove(float value)
    {
        int above = FirstAbove(value);
        return above == 0 ? Total : Total - _upTo[above - 1];
    }

    /// <summary>Those above one value and not above another: all of them where there are few, else so many that lie evenly among them.</summary>
    public (float[] Values, double[] Weights) Between(float low, float high, int most)
    {
        int from = FirstAbove(low);
        int to = FirstAbove(high);
        double before = from == 0 ? 0 : _upTo[from - 1];
        if (to - from <= most)
            return (_values[from..to], [.. Enumerable.Range(from, to - from).Select(i => _upTo[i] - (i == 0 ? 0 : _upTo[i - 1]))]);
        double each = (_upTo[to - 1] - before) / most;
        float[] values = [.. Enumerable.Range(0, most).Select(i => At(before + ((i + 0.5) * each)))];
        return (values, [.. Enumerable.Repeat(each, most)]);
    }

    private float At(double upTo)
    {
        int index = Array.BinarySearch(_upTo, upTo);
        index = index < 0 ? ~index : index;
        // Values of weight 0 share their sum with the one before.
        while (index > 0 && _upTo[index - 1] >= upTo)
            index--;
        return _values[Math.Min(index, _values.Length - 1)];
    }

    private int FirstAbove(float value)
    {
        int from = 0;
        int to = _values.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (_values[middle] > value)
                to = middle;
            else
                from = middle + 1;
        }

        return from;
    }
}
