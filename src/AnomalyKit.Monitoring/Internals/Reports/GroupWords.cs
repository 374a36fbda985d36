namespace AnomalyKit.Monitoring.Reports;

/// <summary>What a comparison by groups means, in sentences.</summary>
internal static class GroupWords
{
    public static string Advice(GroupedDrift drift)
    {
        int compared = drift.Groups.Count(group => group.Comparison is not null && !group.HasTooFewRows);
        if (compared == 0)
            return "No group has enough rows on both sides, so nothing was compared.";
        string level = FormattableString.Invariant($"Each of {compared} groups was compared with itself, at the level {drift.Options.Level:G3}.");
        int scores = drift.Groups.Count(group => group.Comparison?.Scores?.IsDrifted == true);
        return 2 * scores > compared && compared > 1
            ? $"{level} The scores have drifted in {scores} of them. If the reference holds rows that the model was fitted on, their scores may be lower than those of new rows although nothing has changed: go by the columns."
            : level;
    }

    public static string Status(GroupDrift group) => group.Comparison is not null ? group.IsDrifted ? "drifted" : group.HasTooFewRows ? "not_enough_data" : "stable" : group.ReferenceRowCount == 0 ? "not_in_reference" : "not_in_current";
}
