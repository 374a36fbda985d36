using System.Globalization;
using AnomalyKit.Numerics;
using ScottPlot.TickGenerators;

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
        float[] copy = scores.ToArray();
        double median = OrderStatistics.Quantile(copy, 0.5);
        double spread = OrderStatistics.Quantile(copy, 0.75) - OrderStatistics.Quantile(copy, 0.25);
        double least = OrderStatistics.Quantile(copy, 0);
        double greatest = OrderStatistics.Quantile(copy, 1);
        bool bent = spread > 0 && Math.Max(greatest - median, median - least) > FarOut * spread;
        return new ScoreAxis(median, spread, bent, least, greatest);
    }

    /// <summary>The position of a score.</summary>
    public double Position(double score) => IsBent ? Math.Asinh((score - _median) / _spread) : score;

    /// <summary>Ticks at even positions, with the scores that lie there; the plot's own where the axis is straight.</summary>
    public NumericManual? Ticks()
    {
        if (!IsBent)
            return null;
        const int Count = 7;
        var ticks = new NumericManual();
        for (int i = 0; i < Count; i++)
        {
            double position = Least + ((Greatest - Least) * i / (Count - 1));
            double score = _median + (_spread * Math.Sinh(position));
            ticks.AddMajor(position, score.ToString("G3", CultureInfo.InvariantCulture));
        }

        return ticks;
    }
}
