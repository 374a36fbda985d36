namespace AnomalyKit.Compare;

/// <summary>What became of a benchmark, the worst first.</summary>
internal enum Verdict
{
    /// <summary>It ran in the base and fails in the head.</summary>
    Broken,

    /// <summary>It takes longer, or allocates more, beyond noise and bound.</summary>
    Regressed,

    /// <summary>The noise is too great to tell.</summary>
    Unclear,

    /// <summary>In the base only.</summary>
    Gone,

    /// <summary>In the head only, or it failed in the base.</summary>
    New,

    /// <summary>It takes less time, or allocates less, beyond noise and bound.</summary>
    Improved,

    /// <summary>No change that could be told from noise.</summary>
    Same,
}
