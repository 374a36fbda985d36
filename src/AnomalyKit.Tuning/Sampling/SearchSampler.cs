namespace AnomalyKit;

/// <summary>Says which point to try next.</summary>
/// <remarks>Immutable; what it says follows from its options, the history and the trial's number alone, so a search that goes on after a crash goes on as it would have.</remarks>
public abstract class SearchSampler
{
    /// <summary>The sampler and its options in one line, the same for equal samplers: a study keeps it and compares.</summary>
    /// <returns>For example <c>random, seed 7</c>.</returns>
    public abstract override string ToString();

    /// <summary>The next point.</summary>
    /// <param name="space">The dimensions.</param>
    /// <param name="trials">All trials before, by number; some may still run.</param>
    /// <param name="direction">Whether higher values are better.</param>
    /// <param name="number">The number of the trial that the point is for, from 0.</param>
    /// <returns>The point; null where all points were tried.</returns>
    public abstract SearchPoint? Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number);

    /// <summary>Refuses what no sampler can use.</summary>
    private protected static void Check(SearchSpace space, IReadOnlyList<Trial> trials, int number)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
    }
}
