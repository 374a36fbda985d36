using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>Puts a contribution into words: what the value is, what is usual, how rare it is.</summary>
internal static class ReasonWriter
{
    // Nine of ten rows are "usual"; what fewer than one in twenty reach on a side is rare by itself.
    private const double UsualTail = 0.05;

    public static Reason Write(ColumnContribution contribution, CellValue value, ColumnProfile? profile)
    {
        string subject = $"{contribution.Name} is {value}";
        if (profile is null || (profile.SampledCount == 0 && !value.IsMissing))
            return new Reason(contribution, value.ToString(), $"{subject}.");
        if (value.IsMissing)
            return Missing(contribution, profile);
        return profile.Sketch is { } sketch ? Number(contribution, value, profile, sketch) : Level(contribution, value, profile);
    }

    private static Reason Missing(ColumnContribution contribution, ColumnProfile profile) => new(
        contribution,
        "missing",
        profile.MissingFraction == 0 ? $"{contribution.Name} is missing; in no training row it was." : $"{contribution.Name} is missing, as in {Percent(profile.MissingFraction)} of the training rows.")
    {
        Rarity = profile.MissingFraction,
        Usual = "not missing",
    };

    private static Reason Number(ColumnContribution contribution, CellValue value, ColumnProfile profile, QuantileSketch sketch)
    {
        bool isDate = profile.Kind == ColumnKind.DateTime;
        var (low, high) = (value with { Number = sketch.Quantile(UsualTail) }, value with { Number = sketch.Quantile(1 - UsualTail) });
        double above = 1 - sketch.Rank(value.Number, isInclusive: false);
        double below = sketch.Rank(value.Number);
        bool isHigh = above <= below;
        double rarity = Math.Min(above, below);
        string usual = low == high ? $"{low}" : $"{low} to {high}";
        string subject = $"{contribution.Name} is {value}";
        string sentence;
        if (profile.IsConstant && rarity == 0)
            sentence = $"{subject}; it is {low} in every training row.";
        else if (rarity == 0)
            sentence = $"{subject}: no training row is as {Direction(isHigh, isDate)}. 9 in 10 lie from {low} to {high}.";
        else if (rarity <= UsualTail)
            sentence = $"{subject}: {Percent(rarity)} of the training rows are as {Direction(isHigh, isDate)}. 9 in 10 lie from {low} to {high}.";
        else
            sentence = $"{subject}, which is usual by itself ({usual}), but not with the rest of the row.";
        return new Reason(contribution, value.ToString(), sentence) { Rarity = rarity, Usual = usual };
    }

    private static Reason Level(ColumnContribution contribution, CellValue value, ColumnProfile profile)
    {
        string word = value.ToString();
        int index = profile.Levels.ToList().IndexOf(word);
        double share = index < 0 ? 0 : (double)profile.LevelCounts[index] / profile.SampledCount;
        string subject = $"{contribution.Name} is {word}";
        string most = profile.Levels.Count > 0 ? $" Most have {profile.Levels[0]} ({Percent((double)profile.LevelCounts[0] / profile.SampledCount)})." : string.Empty;
        string sentence = share switch
        {
            0 when profile.OtherCount > 0 => $"{subject}: {Percent((double)profile.OtherCount / profile.SampledCount)} of the training rows or fewer have that.{most}",
            0 => $"{subject}, which no training row has.{most}",
            <= UsualTail => $"{subject}, as in {Percent(share)} of the training rows.{most}",
            _ => $"{subject}, which is usual by itself ({Percent(share)} of the training rows), but not with the rest of the row.",
        };
        return new Reason(contribution, word, sentence) { Rarity = share, Usual = profile.Levels.Count > 0 ? profile.Levels[0] : null };
    }

    private static string Direction(bool isHigh, bool isDate) => (isHigh, isDate) switch
    {
        (true, true) => "late",
        (false, true) => "early",
        (true, false) => "high",
        _ => "low",
    };

    /// <summary>Two digits that count, and never 0 % for what there is.</summary>
    private static string Percent(double share)
    {
        double percent = 100 * share;
        if (percent < 0.01)
            return "less than 0.01 %";
        int decimals = percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
        return percent.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";
    }
}
