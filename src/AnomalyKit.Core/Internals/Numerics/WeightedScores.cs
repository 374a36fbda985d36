namespace AnomalyKit.Numerics;

/// <summary>Scores of which each counts a number of times: the staircase of their sorted copies, whose steps may be of any width above 0.</summary>
/// <remarks>
/// Copies are numbered from 0 by real positions: the score at position u is the smallest one of which more than u copies lie at or below it. With whole weights this is the
/// sorted list of repeated scores, and everything here is what the same formula gives of that list.
/// </remarks>
internal sealed class WeightedScores
{
    private readonly float[] _values;
    private readonly double[] _ends;

    /// <param name="sorted">At least one score, ascending, none NaN.</param>
    /// <param name="weights">As many weights, above 0.</param>
    public WeightedScores(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var values = new List<float>();
        var ends = new List<double>();
        double end = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            end += weights[i];
            if (values.Count > 0 && values[^1] == sorted[i])
            {
                ends[^1] = end;
            }
            else
            {
                values.Add(sorted[i]);
                ends.Add(end);
            }
        }

        _values = [.. values];
        _ends = [.. ends];
    }

    /// <summary>The number of copies, above 0.</summary>
    public double Total => _ends[^1];

    /// <summary>The different scores, ascending.</summary>
    public ReadOnlySpan<float> Values => _values;

    public float Least => _values[0];

    public float Greatest => _values[^1];

    /// <summary>The number of copies at or below a value, by its index.</summary>
    public double End(int index) => _ends[index];

    /// <summary>The number of copies of a value, by its index.</summary>
    public double Weight(int index) => _ends[index] - (index > 0 ? _ends[index - 1] : 0);

    /// <summary>The index of the value at a position; the first or last value beyond the ends.</summary>
    public int IndexAt(double position) => CopyPositions.IndexAt(_ends, position);

    public float At(double position) => _values[IndexAt(position)];

    /// <summary>The number of copies at or below a number.</summary>
    public double CountUpTo(double value)
    {
        int count = SortedScores.CountUpTo(_values, value);
        return count > 0 ? _ends[count - 1] : 0;
    }

    /// <summary>The number of copies below a number.</summary>
    public double CountBelow(double value)
    {
        int count = SortedScores.CountBelow(_values, value);
        return count > 0 ? _ends[count - 1] : 0;
    }

    /// <summary>
    /// A quantile: the mean of the staircase over one copy, from position p · (total − 1) on. With whole weights that is the linear interpolation between neighbors
    /// (R. J. Hyndman, Y. Fan, 1996, type 7) in the repeated scores; it moves steadily with the weights.
    /// </summary>
    public double Quantile(double probability)
    {
        double position = probability * Math.Max(Total - 1, 0);
        double width = Math.Min(1, Total);
        int index = IndexAt(position);
        double lower = _values[index];
        double sum = 0;
        for (; index < _values.Length - 1; index++)
        {
            // What of the window lies above this value's copies; with whole ends both differences are exact.
            double beyond = Math.Min(position - (_ends[index] - width), Weight(index + 1));
            if (!(beyond > 0))
                break;
            double upper = _values[index + 1];
            if (double.IsNegativeInfinity(lower))
                return lower;
            sum += beyond / width * (upper - lower);
        }

        return sum == 0 ? lower : lower + sum;
    }

    /// <summary>Mean and population variance.</summary>
    public (double Mean, double Variance) Moments()
    {
        // From the least score: where all are equal the sum of differences is 0, whatever the weights are.
        double from = float.IsFinite(Least) ? Least : 0;
        double sum = 0;
        for (int i = 0; i < _values.Length; i++)
            sum += Weight(i) * (_values[i] - from);
        double mean = from + (sum / Total);
        double squares = 0;
        for (int i = 0; i < _values.Length; i++)
            squares += Weight(i) * (_values[i] - mean) * (_values[i] - mean);
        return (mean, squares / Total);
    }

    /// <summary>Median and robust standard deviation, as <see cref="RobustSpread"/>.</summary>
    public (double Median, double Spread) RobustSpread()
    {
        double median = Quantile(0.5);
        if (double.IsInfinity(median))
            return (median, 0);
        double sum = 0;
        var deviations = new float[_values.Length];
        var weights = new double[_values.Length];
        for (int i = 0; i < deviations.Length; i++)
        {
            double deviation = Math.Abs(_values[i] - median);
            weights[i] = Weight(i);
            sum += weights[i] * deviation;
            deviations[i] = (float)deviation;
        }

        Array.Sort(deviations, weights);
        double spread = 1.4826 * new WeightedScores(deviations, weights).Quantile(0.5);
        return (median, spread == 0 ? 1.2533 * sum / Total : spread);
    }
}
