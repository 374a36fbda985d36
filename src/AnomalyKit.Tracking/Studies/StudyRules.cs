namespace AnomalyKit;

/// <summary>What becomes of a trial, whatever keeps it.</summary>
internal static class StudyRules
{
    /// <summary>The trial after the worker's report.</summary>
    public static StudyTrial After(StudyTrial trial, TrialReport report) => report.State switch
    {
        TrialState.Waiting => trial with { State = TrialState.Waiting, RungValues = [.. trial.RungValues, report.Value!.Value] },
        TrialState.Finished => trial with { State = TrialState.Finished, RungValues = [.. trial.RungValues, report.Value!.Value], Value = report.Value },
        TrialState.Failed => trial with { State = TrialState.Failed, Problem = report.Problem },
        _ => throw new ArgumentException($"A worker cannot report that a trial is {report.State}. Report that it reached a rung, finished or failed."),
    };

    public static StudyTrial Pruned(StudyTrial trial) => trial with { State = TrialState.Pruned, Value = trial.RungValues.Count > 0 ? trial.RungValues[^1] : null };

    /// <summary>The trial after a claim: running; lost where two workers were lost with it; null where it is not to be had.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="isLeaseOver">Whether the lease of the owner is over.</param>
    /// <param name="owner">The trial's last owner. Whoever claims lives, so its own trials are not lost.</param>
    public static StudyTrial? TakenFor(StudyTrial trial, TrialClaim claim, bool isLeaseOver, string? owner) => trial.State switch
    {
        TrialState.Waiting when trial.RungValues.Count == claim.Rung => trial with { State = TrialState.Running },
        TrialState.Running when isLeaseOver && owner != claim.Owner => trial with { State = trial.LostWorkers == 0 ? TrialState.Running : TrialState.Lost, LostWorkers = trial.LostWorkers + 1 },
        _ => null,
    };

    public static void CheckPlan(string study, int first, int count)
    {
        if (first < 0 || first > count)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"The study '{study}' has {count} trials; the next one to plan is {count}.");
    }

    public static ArgumentException NoStudy(string study) => new($"There is no study '{study}' in this store. Open it first.");
}
