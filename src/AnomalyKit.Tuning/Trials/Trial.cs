namespace AnomalyKit;

/// <summary>One point that a search tried, or tries.</summary>
/// <param name="Number">Its number in the search, from 0, without gaps.</param>
/// <param name="Point">The setting.</param>
public sealed record Trial(int Number, SearchPoint Point)
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; }

    /// <summary>What it reached; null before it ended, and where it failed or was lost. The last value of a pruned trial.</summary>
    public double? Value { get; init; }

    /// <summary>Its values at the rungs of the search that it came to, in their order; one value where nothing is pruned.</summary>
    public IReadOnlyList<double> RungValues { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded => State is not (TrialState.Waiting or TrialState.Running);

    internal static Trial Of(StudyTrial kept) => new(kept.Number, new SearchPoint([.. kept.Point]))
    {
        State = kept.State,
        Value = kept.Value,
        RungValues = kept.RungValues,
        Problem = kept.Problem,
    };
}
