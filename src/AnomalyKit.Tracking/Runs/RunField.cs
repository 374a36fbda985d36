namespace AnomalyKit;

/// <summary>What a <see cref="RunCondition"/> looks at.</summary>
public enum RunField
{
    /// <summary>The last value of a metric.</summary>
    Metric,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A tag.</summary>
    Tag,
}
