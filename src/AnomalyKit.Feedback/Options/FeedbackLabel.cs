namespace AnomalyKit;

/// <summary>What an analyst says about a row. A row without an answer has no label: it is not <see cref="Normal"/>.</summary>
public enum FeedbackLabel
{
    /// <summary>The analyst cannot tell. The row teaches nothing and is not asked about again.</summary>
    Unsure,

    /// <summary>The row belongs: its alert was false.</summary>
    Normal,

    /// <summary>The row does not belong.</summary>
    Anomaly,
}
