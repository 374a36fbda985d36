using System.Globalization;

namespace AnomalyKit.ClusterTests;

/// <summary>Compares the thresholds of two models.</summary>
internal static class ThresholdComparison
{
    public static int Near(string first, string second)
    {
        double one = DetectorFile.LoadTableDetector(first).Threshold;
        double other = DetectorFile.LoadTableDetector(second).Threshold;
        double error = Math.Abs(other - one) / Math.Abs(one);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one:R} and {other:R}, relative difference {error:G3}, allowed {ScoreSketch.RelativeError:G3}"));
        return error <= ScoreSketch.RelativeError ? 0 : 1;
    }
}
