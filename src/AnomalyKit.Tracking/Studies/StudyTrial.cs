namespace AnomalyKit;

/// <summary>A trial as a store keeps it.</summary>
/// <param name="Number">Its number in the study, from 0, without gaps.</param>
/// <param name="Point">Its point, a number a dimension of the search space.</param>
public sealed record StudyTrial(int Number, IReadOnlyList<double> Point)
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; } = TrialState.Waiting;

    /// <summary>What it reached: its last value where it finished or was pruned, null before, and where it failed or was lost.</summary>
    public double? Value { get; init; }

    /// <summary>Its values at the rungs that it came to, in their order.</summary>
    public IReadOnlyList<double> RungValues { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>How many workers were lost with it.</summary>
    public int LostWorkers { get; init; }

    /// <summary>What the last worker reported that had been taken for lost before: refused, and kept here. Null where there was none.</summary>
    public string? LateReport { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded => State is not (TrialState.Waiting or TrialState.Running);
}
