namespace AnomalyKit.Explaining;

/// <summary>Tells values that are usual by themselves from those that are rare: that a row has a usual one is no news by that alone.</summary>
internal static class OrdinaryValue
{
    // Nine of ten rows are "usual"; what fewer than one in twenty reach on a side is rare by itself.
    public const double UsualTail = 0.05;

    // Of the share that each level, hour, weekday or day of the year would have if all were equally frequent. Below it one is rare.
    private const double PartOfEvenShare = 0.5;

    /// <summary>Whether a row has a usual value in a column. False for missing cells, and if nothing is known of the column.</summary>
    public static bool IsIn(IRowVariants row, int column)
    {
        if (row.ProfileOf(column) is not { SampledCount: > 0 } profile || row.ValueOf(column) is not { IsMissing: false } value)
            return false;
        if (profile.Sketch is null)
            return IsLevel(row, column, value, profile);
        if (row.PeriodOf(column) is { } period)
            return IsShare(period.Rarest(profile, !row.IsSampled));
        return ValueTail.Of(row, column, value, profile).Share.Estimate > UsualTail;
    }

    /// <summary>Whether a share is not far below what it would be if all were equally frequent.</summary>
    public static bool IsShare(PeriodShare period) => period.Share.Estimate >= PartOfEvenShare * period.Even;

    private static bool IsLevel(IRowVariants row, int column, CellValue value, ColumnProfile profile)
    {
        var share = row.IsUnseen(column) ? TrainingShare.None : TrainingShare.Level(profile, value.ToString(), !row.IsSampled);
        if (share.IsNone)
            return false;
        // Of levels that are not listed only the sum is known.
        int unlisted = profile.DistinctCount - profile.Levels.Count;
        double estimate = share.Estimate > 0 || unlisted <= 0 ? share.Estimate : (double)profile.OtherCount / profile.SampledCount / unlisted;
        return estimate * profile.DistinctCount >= PartOfEvenShare;
    }
}
