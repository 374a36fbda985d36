namespace AnomalyKit.Explaining;

/// <summary>How many numbers of a row are unusual at once. Where most are, a few reasons would hide that the row as a whole is far out: a peak load, not a broken sensor.</summary>
/// <param name="Unusual">How many lie outside the range that nine of ten training rows have.</param>
/// <param name="Compared">How many there are to compare.</param>
internal readonly record struct RowBreadth(int Unusual, int Compared)
{
    private const double UsualTail = 0.05;

    // Of a few columns the reasons name most anyway.
    private const int LeastCompared = 6;

    /// <summary>Whether at least half of the numbers are unusual.</summary>
    public bool IsWide => Compared >= LeastCompared && 2 * Unusual >= Compared;

    public static RowBreadth Of(IRowVariants row)
    {
        var (unusual, compared) = (0, 0);
        for (int column = 0; column < row.Count; column++)
        {
            if (row.ProfileOf(column) is not { Kind: ColumnKind.Number, Sketch: { Count: > 0 } sketch } || row.ValueOf(column) is not { IsMissing: false } value)
                continue;
            compared++;
            // As the detector sees it: training values were rounded to cells of the matrix, too.
            double number = row.CellOf(column, value.Number);
            var (low, high) = (sketch.Quantile(UsualTail), sketch.Quantile(1 - UsualTail));
            if (number < Math.Min(low, row.CellOf(column, low)) || number > Math.Max(high, row.CellOf(column, high)))
                unusual++;
        }

        return new RowBreadth(unusual, compared);
    }
}
