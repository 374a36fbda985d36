using FsCheck;
using FsCheck.Fluent;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>Scores that are shared by many rows: all equal, two values, or many ties at and within the largest hundredth.</summary>
public sealed record TiedScores(float[] Scores)
{
    /// <summary>The distinct scores, ascending.</summary>
    public float[] Distinct => [.. Scores.Distinct().Order()];

    public int CountAbove(double score) => Scores.Count(other => other > score);

    public int CountAtLeast(double score) => Scores.Count(other => other >= score);

    public override string ToString() => string.Join(", ", Scores.CountBy(score => score).OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key:R}"));
}

/// <summary>Draws <see cref="TiedScores"/>.</summary>
public static class TiedScoresArbitrary
{
    public static Arbitrary<TiedScores> Rows()
    {
        var levels =
            from count in Gen.Choose(1, 300)
            from most in Gen.Elements(0, 1, 2, 5, 40)
            from scores in Gen.ArrayOf(Gen.Choose(0, most), count)
            select scores;
        var body =
            from ties in Gen.Choose(1, 1500)
            from above in Gen.ArrayOf(Gen.Choose(3, 20), 25)
            from kept in Gen.Choose(0, 25)
            select (int[])[.. Enumerable.Repeat(2, ties), .. above.Take(kept)];
        return (from scores in Gen.OneOf(levels, body) select new TiedScores([.. scores.Select(score => score / 4f)])).ToArbitrary();
    }
}
