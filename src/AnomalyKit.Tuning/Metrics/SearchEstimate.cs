namespace AnomalyKit;

/// <summary>What the value of a metric on new rows is likely to be, measured on rows that neither fitting nor selecting has seen.</summary>
public sealed record SearchEstimate
{
    internal SearchEstimate()
    {
    }

    /// <summary>The mean over the outer folds.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required double High { get; init; }

    /// <summary>The probability with which intervals made like this one contain what would be measured on many more rows: 0.95.</summary>
    public double Level { get; init; } = MetricInterval.Level;

    /// <summary>How the interval was made: <c>wilson</c> for metrics that are fractions, <c>bootstrap</c> for others. docs/tuning.md has the methods and how often they cover.</summary>
    public required string IntervalMethod { get; init; }

    /// <summary>How many anomalies were measured on, in all outer folds. The interval is wide where they are few.</summary>
    public required int AnomalyCount { get; init; }

    /// <summary>The value of each outer fold.</summary>
    public required IReadOnlyList<double> FoldValues { get; init; }

    /// <summary>The interval and the value, for example <c>0.62 (0.41 to 0.79, 95 %, 17 anomalies)</c>.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => FormattableString.Invariant($"{Value:0.###} ({Low:0.###} to {High:0.###}, {100 * Level:0} %, {AnomalyCount} anomalies)");
}
