namespace AnomalyKit;

/// <summary>How much a column speaks for alerts.</summary>
/// <param name="Name">The column, or group of columns.</param>
/// <param name="MeanContribution">The mean of its contributions over the alerts.</param>
/// <param name="FirstCount">In how many alerts its contribution is the greatest.</param>
internal sealed record ReasonColumn(string Name, double MeanContribution, int FirstCount)
{
    /// <summary>The columns of alerts, those that contribute most first.</summary>
    public static IReadOnlyList<ReasonColumn> Of(IReadOnlyList<ReportedAlert> alerts)
    {
        var sums = new Dictionary<string, (double Sum, int First)>(StringComparer.Ordinal);
        foreach (var alert in alerts)
        {
            var names = alert.Attribution.Groups.Names;
            string? first = alert.Attribution.Top(1) is [var top] ? top.Name : null;
            for (int i = 0; i < names.Count; i++)
            {
                var (sum, count) = sums.GetValueOrDefault(names[i]);
                sums[names[i]] = (sum + alert.Attribution.Contributions[i], count + (names[i] == first ? 1 : 0));
            }
        }

        return [.. sums.Select(pair => new ReasonColumn(pair.Key, pair.Value.Sum / alerts.Count, pair.Value.First)).OrderByDescending(column => column.MeanContribution).ThenBy(column => column.Name, StringComparer.Ordinal)];
    }
}
