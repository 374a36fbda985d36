using FsCheck;
using FsCheck.Fluent;

namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>Random rows for properties; both classes are there. Scores are eighths of small integers, so maps of them can be
/// exact.</summary>
public sealed record LabelledScores(bool[] Labels, float[] Scores)
{
    /// <summary>The property's rows: up to <paramref name="maxRows"/>, sometimes all different, sometimes nearly all tied.</summary>
    internal static Gen<LabelledScores> OfRows(int maxRows) =>
        from rows in Gen.Choose(2, maxRows)
        from levels in Gen.Elements(0, 1, 3, 20, 500)
        from levelOfRow in Gen.ArrayOf(Gen.Choose(-levels, levels), rows)
        from percent in Gen.Elements(5, 30, 90)
        from labelOfRow in Gen.ArrayOf(Gen.Choose(0, 99), rows)
        select Create([.. labelOfRow.Select(draw => draw < percent)], [.. levelOfRow.Select(level => level / 8f)]);

    public override string ToString() =>
        string.Join("; ", Labels.Zip(Scores, (label, score) => FormattableString.Invariant($"{(label ? '+' : '-')}{score:R}")));

    private static LabelledScores Create(bool[] labels, float[] scores)
    {
        labels[0] = true;
        labels[^1] = false;
        return new LabelledScores(labels, scores);
    }
}

/// <summary>Up to 80 rows.</summary>
public static class ManyRows
{
    public static Arbitrary<LabelledScores> Rows() => LabelledScores.OfRows(80).ToArbitrary();
}

/// <summary>So few rows that every order can be tried.</summary>
public static class FewRows
{
    public static Arbitrary<LabelledScores> Rows() => LabelledScores.OfRows(6).ToArbitrary();
}
