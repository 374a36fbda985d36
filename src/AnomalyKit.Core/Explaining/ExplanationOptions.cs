namespace AnomalyKit;

/// <summary>What an explanation says.</summary>
public sealed record ExplanationOptions
{
    /// <summary>The most columns that are given as reasons, 3 by default. There are fewer where no more columns speak against the row: see <see cref="Explanation.Reasons"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxReasons
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 3;

    /// <summary>How contributions are found; null (the default) for the detector's own way.</summary>
    public AttributionOptions? Attribution { get; init; }

    /// <summary>What changes may be proposed to end an alert; null for no search. By default one or two columns, within their usual range, at the cost of at most 2,000 scores.</summary>
    public CounterfactualOptions? Counterfactual { get; init; } = new();
}
