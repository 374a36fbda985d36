namespace AnomalyKit;

/// <summary>Which changes of a row may be proposed to end an alert.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>The most columns that change together: 1, or 2 (the default). Two are tried where no single one ends the alert.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 1 nor 2.</exception>
    public int MaxColumns
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 2);
            field = value;
        }
    } = 2;

    /// <summary>The most rows that are scored in the search. 2,000 by default. Columns are tried in the order of their contributions until it is used up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxScores
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 2000;

    /// <summary>Columns that keep their values. None by default.</summary>
    public IReadOnlyCollection<string> FrozenColumns { get; init; } = [];

    /// <summary>Ranges that new numbers of a column lie in, ends included. By default those of the training rows.</summary>
    public IReadOnlyDictionary<string, (double Minimum, double Maximum)> Ranges { get; init; } = new Dictionary<string, (double, double)>();
}
