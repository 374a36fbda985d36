namespace AnomalyKit;

/// <summary>One setting that a search tried.</summary>
public sealed record SearchTrial
{
    internal SearchTrial()
    {
    }

    /// <summary>The number of the trial, from 0; −1 for the unchanged trainer.</summary>
    public required int Number { get; init; }

    /// <summary>The options that the search changed, and their values as <see cref="TrainerOptions"/> writes them; empty for the unchanged trainer.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialState State { get; init; }

    /// <summary>The mean of the metric over the folds; that of the last rung where the trial was pruned, and null where it failed.</summary>
    public double? Value { get; init; }

    /// <summary>The metric of each fold, in the order of the split; empty where the trial failed, or ran in another process.</summary>
    public IReadOnlyList<double> FoldValues { get; init; } = [];

    /// <summary>The values at the rungs that the trial came to; empty where nothing is pruned.</summary>
    public IReadOnlyList<double> RungValues { get; init; } = [];

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>The options and the value, for example <c>Neighbors=17, Scaling=robust: 0.42</c>.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        string options = Options.Count == 0 ? "as it was" : string.Join(", ", Options.Select(option => $"{option.Key}={option.Value}"));
        return $"{options}: {(Value is { } value ? FormattableString.Invariant($"{value:0.####}") : State.ToString().ToLowerInvariant())}";
    }
}
