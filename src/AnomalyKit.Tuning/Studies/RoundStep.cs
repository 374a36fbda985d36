namespace AnomalyKit;

/// <summary>What is to be done next in a round. It follows from the round's trials alone, so all workers agree, now and after a restart.</summary>
internal abstract record RoundStep
{
    private RoundStep()
    {
    }

    /// <summary>The next step.</summary>
    /// <param name="round">The trials of the round that are planned.</param>
    /// <param name="pruning">Null where nothing is pruned.</param>
    /// <param name="direction">Which values are better.</param>
    public static RoundStep Of(IReadOnlyList<Trial> round, SuccessiveHalving? pruning, SearchDirection direction)
    {
        var open = round.Where(trial => !trial.HasEnded).ToList();
        if (open.Count == 0)
            return new Over();
        int rung = open.Min(trial => trial.RungValues.Count);
        if (pruning is not null && rung > 0)
        {
            var survivors = pruning.Survivors(round, rung - 1, direction);
            int[] others = [.. open.Where(trial => trial.State == TrialState.Waiting && trial.RungValues.Count == rung && !survivors.Contains(trial.Number)).Select(trial => trial.Number)];
            if (others.Length > 0)
                return new Prune(others);
        }

        return new Work(rung);
    }

    /// <summary>All trials have ended.</summary>
    public sealed record Over : RoundStep;

    /// <summary>All have come to a rung, and these do not go on.</summary>
    public sealed record Prune(IReadOnlyList<int> Numbers) : RoundStep;

    /// <summary>Trials are to be run from this rung, those that nobody runs yet.</summary>
    public sealed record Work(int Rung) : RoundStep;
}
