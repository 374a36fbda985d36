namespace AnomalyKit;

/// <summary>Divides trials into the good ones and the rest, both in the order of their numbers.</summary>
internal static class TrialSplit
{
    private const int MostGood = 25;

    public static (Trial[] Good, Trial[] Others) Of(IReadOnlyList<Trial> trials, SearchDirection direction, bool withRunning)
    {
        Trial[] ranked = [.. trials
            .Where(trial => IsRanked(trial))
            .OrderByDescending(trial => trial.State == TrialState.Finished ? int.MaxValue : trial.RungValues.Count)
            .ThenBy(trial => direction == SearchDirection.Minimize ? trial.Value : -trial.Value)
            .ThenBy(trial => trial.Number)];
        int good = Math.Min((int)Math.Ceiling(0.1 * ranked.Length), MostGood);
        var worst = trials.Where(trial => trial.State == TrialState.Failed || (withRunning && trial.State is TrialState.Running or TrialState.Waiting));
        return (InOrder(ranked[..good]), InOrder(ranked[good..].Concat(worst)));
    }

    /// <summary>Whether a trial came to a value.</summary>
    private static bool IsRanked(Trial trial) => trial.State is TrialState.Finished or TrialState.Pruned && trial.Value is not null;

    private static Trial[] InOrder(IEnumerable<Trial> trials) => [.. trials.OrderBy(trial => trial.Number)];
}
