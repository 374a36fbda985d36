namespace AnomalyKit;

/// <summary>What a comparison of two windows says.</summary>
public enum DriftStatus
{
    /// <summary>No change that is both significant and large enough to matter.</summary>
    Stable,

    /// <summary>A change that is significant at the adjusted level and as large as <see cref="DriftOptions"/> asks.</summary>
    Drifted,

    /// <summary>One side has fewer values than <see cref="DriftOptions.MinCount"/>, so no conclusion is drawn.</summary>
    NotEnoughData,

    /// <summary>The difference would be significant, but is not above what the sketches may be off by: look at smaller windows, or at the rows themselves.</summary>
    NotResolvable,

    /// <summary>The values were not compared, so they never count as drift: <see cref="ColumnDrift.NotComparedReason"/> says why.</summary>
    NotCompared,
}
