namespace AnomalyKit;

/// <summary>How far a fit has come.</summary>
public readonly record struct FitProgress
{
    /// <summary>Says how far a fit has come.</summary>
    /// <param name="stage">What is being done, for people.</param>
    /// <param name="fraction">The share of the whole fit that is done, from 0 to 1.</param>
    public FitProgress(string stage, double fraction)
    {
        Stage = stage;
        Fraction = fraction;
    }

    /// <summary>What is being done, for people: for example <c>growing trees</c>.</summary>
    public string Stage { get; }

    /// <summary>The share of the whole fit that is done, from 0 to 1; never decreases during a fit, and is 1 exactly once, at its end.</summary>
    public double Fraction { get; }
}
