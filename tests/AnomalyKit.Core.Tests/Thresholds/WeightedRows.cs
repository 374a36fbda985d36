using FsCheck;
using FsCheck.Fluent;

namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>Scores with whole weights, many of them tied, some of weight 0.</summary>
public sealed record WeightedRows(float[] Scores, double[] Weights)
{
    /// <summary>Every score as often as its weight says.</summary>
    public float[] Repeated => [.. Scores.Zip(Weights).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))];

    public override string ToString() => string.Join(", ", Scores.Zip(Weights).Select(pair => $"{pair.Second} × {pair.First:R}"));
}

/// <summary>Draws <see cref="WeightedRows"/>: from one row to a few hundred, normal, tied or with far outliers.</summary>
public static class WeightedRowsArbitrary
{
    public static Arbitrary<WeightedRows> Rows() => (
        from count in Gen.OneOf(Gen.Choose(1, 6), Gen.Choose(1, 300))
        from levels in Gen.Elements(2, 5, 40, 100_000)
        from scores in Gen.ArrayOf(Gen.Choose(-levels / 4, levels), count)
        from most in Gen.Elements(1, 2, 9)
        from weights in Gen.ArrayOf(Gen.Choose(0, most), count)
        from outlier in Gen.Elements(1f, 1f, 1000f)
        from first in Gen.Choose(1, 3)
        select new WeightedRows(
            [.. scores.Select((score, i) => i == count / 2 ? outlier * score / 8f : score / 8f)],
            [.. weights.Select((weight, i) => i == 0 ? first : (double)weight)])).ToArbitrary();
}
