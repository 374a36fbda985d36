namespace AnomalyKit.Numerics;

/// <summary>How far values lie above a bound: what a tail is fitted to.</summary>
internal interface IExcesses
{
    /// <summary>The number of values; 0 where there are none.</summary>
    double Count { get; }

    /// <summary>The number of values that decides how finely the fit is searched: a great weight costs no more time than many values.</summary>
    double SearchedCount { get; }

    double Greatest { get; }

    /// <summary>The excess at a zero-based position of the ascending order.</summary>
    double At(double position);

    /// <summary>The mean of ln(1 − θ · excess).</summary>
    double MeanLog(double theta);

    double Mean();
}

/// <summary>Values that count once each, ascending.</summary>
internal readonly ref struct Excesses(ReadOnlySpan<float> sorted, double bound) : IExcesses
{
    private readonly ReadOnlySpan<float> _sorted = sorted;

    public double Count => _sorted.Length;

    public double SearchedCount => Count;

    public double Greatest => _sorted[^1] - bound;

    public double At(double position) => _sorted[(int)position] - bound;

    public double MeanLog(double theta)
    {
        double sum = 0;
        foreach (float value in _sorted)
            sum += Math.Log(1 - (theta * (value - bound)));
        return sum / _sorted.Length;
    }

    public double Mean()
    {
        double sum = 0;
        foreach (float value in _sorted)
            sum += value - bound;
        return sum / _sorted.Length;
    }
}

/// <summary>Those of weighted scores that lie above the bound.</summary>
internal readonly struct WeightedExcesses(WeightedScores scores, double bound) : IExcesses
{
    private const double MostCopies = 1e6;

    private readonly int _first = SortedScores.CountUpTo(scores.Values, bound);
    private readonly double _below = scores.CountUpTo(bound);

    public double Count => scores.Total - _below;

    public double SearchedCount => Math.Min(Count, Math.Max(MostCopies, scores.Values.Length - _first));

    public double Greatest => scores.Greatest - bound;

    public double At(double position) => scores.At(_below + position) - bound;

    public double MeanLog(double theta)
    {
        double sum = 0;
        for (int i = _first; i < scores.Values.Length; i++)
            sum += scores.Weight(i) * Math.Log(1 - (theta * (scores.Values[i] - bound)));
        return sum / Count;
    }

    public double Mean()
    {
        double sum = 0;
        for (int i = _first; i < scores.Values.Length; i++)
            sum += scores.Weight(i) * (scores.Values[i] - bound);
        return sum / Count;
    }
}
