namespace AnomalyKit;

/// <summary>What a criterion says of a candidate.</summary>
/// <param name="Value">The value; NaN where the candidate could not be fitted.</param>
/// <param name="Problem">Why there is no value; null where there is one.</param>
public readonly record struct CriterionValue(double Value, string? Problem = null);
