namespace AnomalyKit;

/// <summary>How far a fit has come.</summary>
/// <param name="Stage">What is being done, for people: for example <c>growing trees</c>.</param>
/// <param name="Fraction">The share of the whole fit that is done, from 0 to 1; never decreases during a fit, and is 1 exactly once, at its end.</param>
public readonly record struct FitProgress(string Stage, double Fraction);
