using AnomalyKit.Feedback.Features;

namespace AnomalyKit.Feedback.Learning;

/// <summary>How much an answer about one row says about another: the covariance of the odds of two rows before any answer.</summary>
/// <param name="Level">The variance of what all rows share: how common anomalies are.</param>
/// <param name="Members">The variance of what follows from members' scores.</param>
/// <param name="Columns">The variance of what follows from columns in straight lines.</param>
/// <param name="Near">The variance of what only near rows share.</param>
internal sealed record AnswerKernel(double Level, double Members, double Columns, double Near)
{
    /// <summary>Chosen on the credit-card set and ADBench: see docs/feedback.md.</summary>
    public static AnswerKernel Default { get; } = new(Level: 10, Members: 4, Columns: 2, Near: 4);

    /// <summary>The covariance of two rows.</summary>
    public double Of(RowSpace space, ReadOnlySpan<float> one, ReadOnlySpan<float> other) => Of(space, one, other, Nearness(space, one, other));

    /// <summary>The covariance of two rows whose nearness is known.</summary>
    public double Of(RowSpace space, ReadOnlySpan<float> one, ReadOnlySpan<float> other, double nearness)
    {
        int members = space.Members.Count;
        var codes = space.Columns.IsCode;
        double byMembers = 0;
        for (int i = 0; i < members; i++)
            byMembers += (double)one[i] * other[i];
        double byColumns = 0;
        for (int i = 0; i < codes.Length; i++)
            byColumns += codes[i] ? 0 : (double)one[members + i] * other[members + i];
        return Level + (Members / members * byMembers) + (Columns / codes.Length * byColumns) + (Near * nearness);
    }

    /// <summary>1 for equal rows, less the farther they are apart, 1/e at the median distance.</summary>
    public static double Nearness(RowSpace space, ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        int members = space.Members.Count;
        return Math.Exp(-RowDistance.Of(one[members..], other[members..], space.Columns.IsCode) / space.Reach);
    }
}
