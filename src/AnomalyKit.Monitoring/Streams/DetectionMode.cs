namespace AnomalyKit;

/// <summary>Whether a monitor detects one change or each.</summary>
public enum DetectionMode
{
    /// <summary>It compares with what was before, detects once, and stays silent until it is reset.</summary>
    Once,

    /// <summary>It takes what it has found as the new normal and continues.</summary>
    EachChange,
}
