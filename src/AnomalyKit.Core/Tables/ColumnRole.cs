namespace AnomalyKit;

/// <summary>What a column of a <see cref="FeatureTable"/> is for.</summary>
public enum ColumnRole
{
    /// <summary>Detectors look at it.</summary>
    Feature,

    /// <summary>It names the row and rides along: it is written beside the scores, and no detector looks at it.</summary>
    Id,

    /// <summary>It says which rows are anomalies, for measuring; no detector looks at it.</summary>
    Label,

    /// <summary>How often the row counts when a detector is fitted: a number, at least 0.</summary>
    Weight,
}
