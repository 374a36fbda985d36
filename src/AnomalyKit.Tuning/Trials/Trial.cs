namespace AnomalyKit;

/// <summary>One point that a search tried, or tries.</summary>
/// <param name="Number">Its number in the search, from 0, without gaps.</param>
/// <param name="Point">The setting.</param>
public sealed record Trial(int Number, SearchPoint Point)
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; }

    /// <summary>What it reached; null before it ended, and where it failed. The last value of a pruned trial.</summary>
    public double? Value { get; init; }

    /// <summary>Its values at the rungs of the search that it came to, in their order; empty where nothing is pruned.</summary>
    public IReadOnlyList<double> RungValues { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }
}
