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

    /// <summary>
    /// Columns that keep their values. None by default. Dates of which the detector looks only at parts that come round again (hour, weekday, month) keep theirs, too, unless
    /// <see cref="Ranges"/> names them.
    /// </summary>
    public IReadOnlyCollection<string> FrozenColumns { get; init; } = [];

    /// <summary>Ranges that new numbers of a column lie in, ends included; of dates in ticks. By default those of the training rows.</summary>
    public IReadOnlyDictionary<string, (double Minimum, double Maximum)> Ranges { get; init; } = new Dictionary<string, (double, double)>();
}
