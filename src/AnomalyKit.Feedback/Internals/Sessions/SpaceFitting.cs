using AnomalyKit.Feedback.Features;
using AnomalyKit.Numerics;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>Fits the space in which answers are compared to the rows of a session.</summary>
internal static class SpaceFitting
{
    private const int SampleSize = 20_000;
    private const ulong SampleStream = 4;

    public static RowSpace Fit(SessionRows rows, FeedbackOptions options)
    {
        float[] sorted = [.. rows.Scores];
        Array.Sort(sorted);
        double expected = Math.Max(1, (options.Contamination ?? rows.FlaggedFraction()) * rows.Count);
        return RowSpace.Fit(rows.Matrix, rows.Base.Detector.Schema, Sample(rows), sorted, rows.Members, rows.Base.MemberCount, expected);
    }

    private static int[] Sample(SessionRows rows)
    {
        if (rows.Count <= SampleSize)
            return rows.InKeyOrder;
        var drawn = new int[SampleSize];
        new CounterRandom(0, SampleStream).SampleWithoutReplacement(rows.Count, drawn);
        return Array.ConvertAll(drawn, at => rows.InKeyOrder[at]);
    }
}
