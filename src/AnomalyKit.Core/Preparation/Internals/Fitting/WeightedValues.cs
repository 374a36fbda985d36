namespace AnomalyKit.Preparation;

/// <summary>Sorted values, each as often as its weight says: weight 2 is the value twice.</summary>
internal sealed class WeightedValues
{
    private readonly double[] _values;
    private readonly double[]? _weights;

    /// <param name="values">The values, in any order; sorted in place.</param>
    /// <param name="weights">One a value, above 0; sorted along. Null for 1 each.</param>
    public WeightedValues(double[] values, double[]? weights)
    {
        if (weights is null)
            Array.Sort(values);
        else
            Array.Sort(values, weights);
        _values = values;
        _weights = weights;
    }

    public static WeightedValues None { get; } = new([], null);

    /// <summary>Where half of the weight lies below; between two values that meet there, their middle. With whole weights it is the median of the repeated values.</summary>
    public double Median()
    {
        double half = Total() / 2;
        double before = 0;
        for (int i = 0; i < _values.Length - 1; i++)
        {
            before += Weight(i);
            if (before > half)
                return _values[i];
            if (before == half)
                return _values[i] + ((_values[i + 1] - _values[i]) * 0.5);
        }

        return _values[^1];
    }

    // Around the median, so that large numbers of small spread lose nothing.
    public double Mean()
    {
        double center = Median();
        double total = Total();
        double sum = 0;
        for (int i = 0; i < _values.Length; i++)
            sum += (_values[i] - center) * (Weight(i) / total);
        return center + sum;
    }

    public double MostFrequent()
    {
        double best = _values[0];
        double bestWeight = 0;
        for (int start = 0; start < _values.Length;)
        {
            int end = start;
            double weight = 0;
            for (; end < _values.Length && _values[end] == _values[start]; end++)
                weight += Weight(end);
            if (weight > bestWeight)
                (best, bestWeight) = (_values[start], weight);
            start = end;
        }

        return best;
    }

    private double Weight(int i) => _weights is null ? 1 : _weights[i];

    private double Total() => _weights is null ? _values.Length : _weights.Sum();
}
