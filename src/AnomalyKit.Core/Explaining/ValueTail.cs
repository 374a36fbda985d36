namespace AnomalyKit.Explaining;

/// <summary>How far out a number or date lies: the part of the training rows that lie at least as far out, on the side on which they are fewer.</summary>
/// <param name="Share">The part of the training rows.</param>
/// <param name="IsHigh">Whether these are the rows at or above the value.</param>
internal readonly record struct ValueTail(TrainingShare Share, bool IsHigh)
{
    public static ValueTail Of(IRowVariants row, int column, CellValue value, ColumnProfile profile)
    {
        double number = Settled(value.Number, row.CellOf(column, value.Number), profile);
        var above = TrainingShare.Tail(profile, number, isHigh: true, !row.IsSampled);
        var below = TrainingShare.Tail(profile, number, isHigh: false, !row.IsSampled);
        bool isHigh = !below.IsNone && (above.IsNone || above.Estimate <= below.Estimate);
        return new ValueTail(isHigh ? above : below, isHigh);
    }

    /// <summary>The number to compare: one that lies beyond the training rows only by what rounding to a cell takes away is at their end.</summary>
    private static double Settled(double number, double cell, ColumnProfile profile) =>
        number > profile.Maximum && cell <= profile.Maximum ? profile.Maximum.Value
        : number < profile.Minimum && cell >= profile.Minimum ? profile.Minimum.Value
        : number;
}
