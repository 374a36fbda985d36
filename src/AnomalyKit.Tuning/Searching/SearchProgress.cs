namespace AnomalyKit;

/// <summary>How far a search has come.</summary>
/// <param name="Stage">What is being done, for people: <c>searching</c>, or <c>estimating, outer fold 2 of 4</c>.</param>
/// <param name="DoneTrials">The trials that ended, those of all outer folds included.</param>
/// <param name="TotalTrials">The trials of the whole search.</param>
/// <param name="BestValue">The best value so far on all rows. It is optimistic, because settings are selected by it. Null until the first trial has ended.</param>
public readonly record struct SearchProgress(string Stage, int DoneTrials, int TotalTrials, double? BestValue)
{
    /// <summary>The fraction of the search that is done, from 0 to 1.</summary>
    public double Fraction => TotalTrials == 0 ? 1 : (double)DoneTrials / TotalTrials;
}
