namespace AnomalyKit.Profiles;

/// <summary>What is kept of scores.</summary>
internal static class ScoreProfile
{
    /// <summary>The most scores that are sampled: one column costs little, and the tail is what counts.</summary>
    public const int MaxSampleSize = 1 << 15;

    private const ulong Stream = 1;

    /// <summary>The rows whose scores are sampled, of so many.</summary>
    public static long[] RowsOf(long rowCount) => ProfileSample.Draw(rowCount, MaxSampleSize, Stream);

    public static QuantileSketch? SketchOf(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        int[] rows = ProfileSample.Draw(scores.Length, weights, MaxSampleSize, Stream);
        var values = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            values[i] = scores[rows[i]] + 0f;
        if (Numerics.FiniteCheck.IndexOfNonFinite(values) >= 0)
            return null;
        SketchSort.Sort(values, new float[values.Length]);
        return QuantileSketch.OfSorted<float>(values, 0, NumberProfile.MaxRuns);
    }

    public static double FractionAbove(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights, double threshold)
    {
        double above = 0;
        double all = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            all += weight;
            above += scores[i] > threshold ? weight : 0;
        }

        return above / all;
    }
}
