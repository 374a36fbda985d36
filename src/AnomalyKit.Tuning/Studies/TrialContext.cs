namespace AnomalyKit;

/// <summary>What an objective is asked: the value of a point on a fraction of the rows.</summary>
public sealed class TrialContext
{
    internal TrialContext(Trial trial, SearchSpace space, double fraction, bool isLastRung)
    {
        Number = trial.Number;
        Point = trial.Point;
        Rung = trial.RungValues.Count;
        Values = space.Describe(trial.Point);
        Fraction = fraction;
        IsLastRung = isLastRung;
    }

    /// <summary>The trial's number, from 0. Take seeds from it: the order in which trials run is not settled.</summary>
    public int Number { get; }

    /// <summary>The point.</summary>
    public SearchPoint Point { get; }

    /// <summary>The point by names of options, with values as text.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>The rung, from 0; 0 where nothing is pruned.</summary>
    public int Rung { get; }

    /// <summary>The fraction of the rows that this rung has, above 0 and at most 1.</summary>
    public double Fraction { get; }

    /// <summary>Is cancelled when the run is.</summary>
    public CancellationToken Token { get; internal init; }

    /// <summary>Whether the value is the trial's final one.</summary>
    public bool IsLastRung { get; }
}
