using AnomalyKit.Charts;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>Counts of two sketches in common bins.</summary>
internal static class NumberBins
{
    private const int HistogramBins = 24;
    private const double Tail = 0.005;

    /// <summary>The bins between the reference's tenths, closed above, and what lies below its least and above its greatest value. A value that fills several tenths is one bin.</summary>
    public static (double[] Reference, double[] Current) Tenths(QuantileSketch reference, QuantileSketch current)
    {
        double[] edges = [.. Enumerable.Range(1, 9).Select(i => reference.Quantile(i / 10.0)).Append(reference.Maximum).Distinct()];
        return (Counts(reference, reference.Minimum, edges), Counts(current, reference.Minimum, edges));
    }

    public static DriftHistogram Histogram(QuantileSketch reference, QuantileSketch current)
    {
        double low = Math.Min(reference.Quantile(Tail), current.Quantile(Tail));
        double high = Math.Max(reference.Quantile(1 - Tail), current.Quantile(1 - Tail));
        if (low == high)
        {
            double half = Math.Max(0.5, Math.Abs(low) / 8);
            (low, high) = (low - half, high + half);
        }

        return Histogram(reference, current, new ScoreScale(low, high, 0));
    }

    /// <summary>Of scores, whose bins grow with the distance from the least one where a few are very much higher than the others. They then reach to the greatest one.</summary>
    public static DriftHistogram OfScores(QuantileSketch reference, QuantileSketch current)
    {
        var scale = ScoreScale.Of(Math.Min(reference.Minimum, current.Minimum), reference.Quantile(0.5), Math.Max(reference.Maximum, current.Maximum));
        return scale.IsLogarithmic ? Histogram(reference, current, scale) : Histogram(reference, current);
    }

    private static DriftHistogram Histogram(QuantileSketch reference, QuantileSketch current, ScoreScale scale)
    {
        double[] edges = scale.Edges(HistogramBins);
        return new DriftHistogram([], edges, Fractions(reference, edges), Fractions(current, edges)) { IsLogarithmic = scale.IsLogarithmic };
    }

    private static double[] Counts(QuantileSketch sketch, double least, double[] edges)
    {
        var counts = new double[edges.Length + 2];
        double before = Math.Round(sketch.Rank(least, isInclusive: false) * sketch.Count);
        counts[0] = before;
        for (int i = 0; i < edges.Length; i++)
        {
            double upTo = Math.Round(sketch.Rank(edges[i]) * sketch.Count);
            counts[i + 1] = Math.Max(0, upTo - before);
            before = Math.Max(before, upTo);
        }

        counts[^1] = Math.Max(0, sketch.Count - before);
        return counts;
    }

    private static double[] Fractions(QuantileSketch sketch, double[] edges)
    {
        var fractions = new double[edges.Length - 1];
        double before = 0;
        for (int i = 0; i < fractions.Length; i++)
        {
            double upTo = i == fractions.Length - 1 ? 1 : sketch.Rank(edges[i + 1]);
            fractions[i] = upTo - before;
            before = upTo;
        }

        return fractions;
    }
}
