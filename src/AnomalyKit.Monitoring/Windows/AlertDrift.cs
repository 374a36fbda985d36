namespace AnomalyKit;

/// <summary>How the fraction of alerts changed. No number here is ever NaN or infinite.</summary>
public sealed class AlertDrift
{
    internal AlertDrift()
    {
    }

    /// <summary>What the comparison says.</summary>
    public required DriftStatus Status { get; init; }

    /// <summary>Whether <see cref="Status"/> is <see cref="DriftStatus.Drifted"/>: the threshold no longer gives the fraction of alerts that it was set for.</summary>
    public bool IsDrifted => Status == DriftStatus.Drifted;

    /// <summary>Whether the change is significant, but less than the ratio that counts (<see cref="DriftOptions.MinAlertRatio"/>), so that it is no drift.</summary>
    public bool IsSmallChange { get; init; }

    /// <summary>The fraction of alerts in the reference.</summary>
    public required double ReferenceFraction { get; init; }

    /// <summary>The fraction of alerts now.</summary>
    public required double CurrentFraction { get; init; }

    /// <summary>The current alerts over those that the reference would have led to expect, half an alert added to both; above 0.</summary>
    public required double Ratio { get; init; }

    /// <summary>The p-value of the two fractions, above 0 and at most 1.</summary>
    public required double PValue { get; init; }

    /// <summary>The current alerts.</summary>
    public required long AlertCount { get; init; }

    /// <summary>The current scores.</summary>
    public required long ScoreCount { get; init; }

    /// <summary>Status, both fractions and the counts.</summary>
    /// <returns>For example <c>alerts: Drifted, 1 % → 2.31 % (231 of 10000 scores), p 1E-20</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"alerts: {Status}{(IsSmallChange ? " (small change)" : "")}, {100 * ReferenceFraction:G3} % → {100 * CurrentFraction:G3} % ({AlertCount} of {ScoreCount} scores), p {PValue:G3}");
}
