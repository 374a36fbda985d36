using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>Where a score lies on a histogram's axis: straight, or, where a few scores are far out, ever narrower away from the median (asinh).</summary>
internal sealed class ScoreAxis
{
    private const double FarOut = 40;

    private readonly double _median;
    private readonly double _spread;

    private ScoreAxis(double median, double spread, bool isBent, double least, double greatest)
    {
        _median = median;
        _spread = spread;
        IsBent = isBent;
        Least = Position(least);
        Greatest = Position(greatest);
    }

    /// <summary>Whether far scores are drawn in.</summary>
    public bool IsBent { get; }

    /// <summary>The position of the least score.</summary>
    public double Least { get; }

    /// <summary>The position of the greatest score; a little more where all scores are equal.</summary>
    public double Greatest => field > Least ? field : Least + 1;

    public static ScoreAxis For(ReadOnlySpan<float> scores)
    {
        double median = ThresholdRule.Quantile(0.5).Resolve(scores);
        double spread = ThresholdRule.Quantile(0.75).Resolve(scores) - ThresholdRule.Quantile(0.25).Resolve(scores);
        double least = ThresholdRule.Quantile(0).Resolve(scores);
        double greatest = ThresholdRule.Quantile(1).Resolve(scores);
        bool bent = spread > 0 && Math.Max(greatest - median, median - least) > FarOut * spread;
        return new ScoreAxis(median, spread, bent, least, greatest);
    }

    /// <summary>The position of a score.</summary>
    public double Position(double score) => IsBent ? Math.Asinh((score - _median) / _spread) : score;

    /// <summary>How many rows of a class lie in each of equally wide parts of the axis.</summary>
    public int[] Count(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, bool fraud, int bins)
    {
        var counts = new int[bins];
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != fraud)
                continue;
            double share = (Position(scores[row]) - Least) / (Greatest - Least);
            counts[Math.Clamp((int)(share * bins), 0, bins - 1)]++;
        }

        return counts;
    }

    /// <summary>Round scores (two digits) at about even positions; none where the axis is straight, for the plot's own do there.</summary>
    public IReadOnlyList<double> RoundScores()
    {
        if (!IsBent)
            return [];
        const int Count = 7;
        var scores = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double position = Least + ((Greatest - Least) * i / (Count - 1));
            double score = _median + (_spread * Math.Sinh(position));
            scores[i] = double.Parse(score.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        return [.. scores.Distinct()];
    }
}
