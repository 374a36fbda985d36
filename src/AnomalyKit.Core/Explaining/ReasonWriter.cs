using AnomalyKit.Profiles;

namespace AnomalyKit.Explaining;

/// <summary>Puts a contribution into words: what the value is, what is usual, how rare it is.</summary>
internal static class ReasonWriter
{
    /// <param name="contribution">What the column contributes.</param>
    /// <param name="typical">What the columns contribute to an ordinary row; null where that is not known.</param>
    /// <param name="cell">What the detector found wrong with the cell; null where it follows the contribution alone.</param>
    /// <param name="isUnlikeItsLevel">Whether there is more against the level in this row than in others that have it; of numbers and dates it says nothing.</param>
    /// <param name="row">The row.</param>
    public static Reason Write(ColumnContribution contribution, TypicalOfRow? typical, DeviatingCell? cell, bool isUnlikeItsLevel, IRowVariants row)
    {
        double? expected = cell is null ? null : row.MeaningOf(contribution.Index, cell.Expected);
        var reason = Write(contribution, expected, isUnlikeItsLevel, row);
        reason.TypicalContribution = typical?.Of(contribution.Index);
        reason.Expected = expected;
        return reason;
    }

    private static Reason Write(ColumnContribution contribution, double? expected, bool isUnlikeItsLevel, IRowVariants row)
    {
        var value = row.ValueOf(contribution.Index);
        var profile = row.ProfileOf(contribution.Index);
        if (value.IsMissing && profile is not null)
            return Missing(contribution, profile, row.StandInOf(contribution.Index));
        if (!value.IsMissing && row.PeriodOf(contribution.Index) is { } period)
            return Period(contribution, row, period, profile);
        if (profile is null || profile.SampledCount == 0)
            return new Reason(contribution, value.ToString(), $"{contribution.Name} is {value}{WithTheRest(value, expected)}.");
        return profile.Sketch is { } sketch ? Number(contribution, expected, row, value, profile, sketch) : Level(contribution, isUnlikeItsLevel, row, value, profile);
    }

    private static Reason Missing(ColumnContribution contribution, ColumnProfile profile, string? standIn) => new(
        contribution, "missing", GapText.Of(contribution.Name, standIn, profile.MissingFraction))
    {
        Rarity = profile.MissingFraction,
        Usual = "not missing",
    };

    private static Reason Period(ColumnContribution contribution, IRowVariants row, DatePeriod period, ColumnProfile? profile)
    {
        string subject = $"{contribution.Name} is {period}";
        if (profile?.Sketch is not { Count: > 0 })
            return new Reason(contribution, period.Value.ToString(), $"{subject}.");
        var rarest = period.Rarest(profile, !row.IsSampled);
        string sentence = OrdinaryValue.IsShare(rarest)
            ? $"{subject}, which is usual by itself, but not with the rest of the row."
            : $"{subject}: {(rarest.Share.IsNone ? "none" : ShareText.Of(rarest.Share))} of {Rows(profile)} {rarest.Near}.";
        return new Reason(contribution, period.Value.ToString(), sentence) { Rarity = rarest.Share.Value };
    }

    private static Reason Number(ColumnContribution contribution, double? expected, IRowVariants row, CellValue value, ColumnProfile profile, QuantileSketch sketch)
    {
        string low = (value with { Number = sketch.Quantile(OrdinaryValue.UsualTail) }).ToRoundedString();
        string high = (value with { Number = sketch.Quantile(1 - OrdinaryValue.UsualTail) }).ToRoundedString();
        var (share, isHigh) = ValueTail.Of(row, contribution.Index, value, profile);
        string usual = low == high ? low : $"{low} to {high}";
        string subject = $"{contribution.Name} is {value}";
        string sentence;
        if (share.IsNone && profile.IsConstant)
            sentence = $"{subject}; it is {low} in every {(profile.MissingFraction > 0 ? "training row that has a value" : "training row")}.";
        else if (share.IsNone)
            sentence = $"{subject}: no training row is as {Direction(isHigh, profile.Kind)}. 9 in 10 lie from {low} to {high}{WithTheRest(value, expected)}.";
        else if (share.Estimate <= OrdinaryValue.UsualTail)
            sentence = $"{subject}: {ShareText.Of(share)} of {Rows(profile)} are as {Direction(isHigh, profile.Kind)}. 9 in 10 lie from {low} to {high}{WithTheRest(value, expected)}.";
        else
            sentence = $"{subject}, which is usual by itself ({usual}), but not with the rest of the row{(expected is { } usualHere ? $": {value.ToAboutString(usualHere)} would be usual" : "")}.";
        return new Reason(contribution, value.ToString(), sentence) { Rarity = share.Value, Usual = usual };
    }

    /// <param name="contribution">What the column contributes.</param>
    /// <param name="isUnlikeItsLevel">Whether there is more against the level in this row than in others that have it.</param>
    /// <param name="row">The row.</param>
    /// <param name="value">The level.</param>
    /// <param name="profile">The levels of the training rows.</param>
    private static Reason Level(ColumnContribution contribution, bool isUnlikeItsLevel, IRowVariants row, CellValue value, ColumnProfile profile)
    {
        string word = value.ToString();
        var share = row.IsUnseen(contribution.Index) ? TrainingShare.None : TrainingShare.Level(profile, word, !row.IsSampled);
        string subject = $"{contribution.Name} is {word}";
        string sentence = share switch
        {
            { IsNone: true } => $"{subject}, which no training row has.{MostFrequent(row, profile)}",
            // A level speaks against every row that has it if others are more frequent. That it does not fit the rest is known where it speaks louder than that, or where it is the level of most rows.
            { Estimate: <= OrdinaryValue.UsualTail } => Rare(),
            { Estimate: <= 0.5 } when !isUnlikeItsLevel => Rare(),
            _ when !OrdinaryValue.IsIn(row, contribution.Index) => Rare(", and does not fit the rest of the row"),
            _ => $"{subject}, which is usual by itself ({ShareText.Of(share)} of {Rows(profile)}), but not with the rest of the row.",
        };
        return new Reason(contribution, word, sentence) { Rarity = share.Value, Usual = profile.Levels.Count > 0 ? profile.Levels[0] : null };

        string Rare(string more = "") => $"{subject}, as in {ShareText.Of(share)} of {Rows(profile)}{more}.{MostFrequent(row, profile)}";
    }

    private static string WithTheRest(CellValue value, double? expected) => expected is { } number ? $"; with the rest of the row, {value.ToAboutString(number)} would be usual" : "";

    private static string MostFrequent(IRowVariants row, ColumnProfile profile)
    {
        if (profile.Levels.Count == 0)
            return string.Empty;
        var share = TrainingShare.Level(profile, profile.Levels[0], !row.IsSampled);
        return share.Estimate > 0.5 ? $" Most have {profile.Levels[0]} ({ShareText.Of(share)})." : $" The most frequent is {profile.Levels[0]} ({ShareText.Of(share)}).";
    }

    private static string Rows(ColumnProfile profile) => profile.MissingFraction > 0 ? "the training rows that have a value" : "the training rows";

    private static string Direction(bool isHigh, ColumnKind kind) => (isHigh, kind) switch
    {
        (true, ColumnKind.DateTime) => "late",
        (false, ColumnKind.DateTime) => "early",
        (true, _) => "high",
        _ => "low",
    };
}
