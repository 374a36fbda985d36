namespace AnomalyKit.Monitoring.Budgets;

/// <summary>−ln of the fraction of a sample that is at least as high as a score: strictly rising within the sample, and squeezed into what is left of the scale outside.</summary>
/// <remarks>Between two kept values it is linear in the score. Above the greatest it rises by 1 at most, below the least it falls to 0.</remarks>
internal sealed class SurpriseScale
{
    private readonly double[] _values;
    private readonly double[] _levels;
    private readonly double _spread;

    public SurpriseScale(ReferenceSample sample)
    {
        Sample = sample;
        var summary = sample.Cells.Summary;
        double count = summary.Count + 1;
        var values = new List<double>();
        var levels = new List<double>();
        for (int i = 0; i < summary.Edges.Length; i++)
        {
            if (values.Count > 0 && values[^1] == summary.Edges[i])
                continue;
            values.Add(summary.Edges[i]);
            levels.Add(-Math.Log((count - ((summary.Below[i] + summary.Through[i] + 1) / 2.0)) / count));
        }

        _values = [.. values];
        _levels = [.. levels];
        double range = _values[^1] - _values[0];
        _spread = range > 0 && double.IsFinite(range) ? range : 1;
        Max = MaxOf(summary.Count);
    }

    /// <summary>What it was made of.</summary>
    public ReferenceSample Sample { get; }

    /// <summary>The end of the scale: no score lies above.</summary>
    public double Max { get; }

    public static double MaxOf(long count) => Math.Log(2.0 * (count + 1)) + 1;

    /// <summary>Where a score lies: from 0 to <see cref="Max"/>.</summary>
    public double Of(double score)
    {
        int below = Reference.SortedSearch.CountBelow(_values, score);
        if (below == _values.Length)
            return _levels[^1] + Squeezed(score - _values[^1]);
        if (_values[below] == score)
            return _levels[below];
        if (below == 0)
            return _levels[0] * (1 - Squeezed(_values[0] - score));
        double weight = (score - _values[below - 1]) / (_values[below] - _values[below - 1]);
        return double.IsFinite(weight) ? _levels[below - 1] + (weight * (_levels[below] - _levels[below - 1])) : _levels[below - 1];
    }

    /// <summary>The score at a place: the inverse, up to rounding; −∞ and +∞ beyond the ends.</summary>
    public double ScoreAt(double level)
    {
        if (level <= 0)
            return double.NegativeInfinity;
        int below = Reference.SortedSearch.CountBelow(_levels, level);
        if (below == _levels.Length)
            return _values[^1] + Stretched(level - _levels[^1]);
        if (below == 0)
            return _values[0] - Stretched(1 - (level / _levels[0]));
        double weight = (level - _levels[below - 1]) / (_levels[below] - _levels[below - 1]);
        return _values[below - 1] + (weight * (_values[below] - _values[below - 1]));
    }

    private double Squeezed(double distance)
    {
        double scaled = distance / _spread;
        return double.IsFinite(scaled) ? scaled / (1 + scaled) : 1;
    }

    private double Stretched(double squeezed) => squeezed < 1 ? _spread * squeezed / (1 - squeezed) : double.PositiveInfinity;
}
