namespace AnomalyKit;

/// <summary>How nearest neighbors are looked for. All engines give the same neighbors and distances, to the bit.</summary>
public enum NeighborEngine
{
    /// <summary>The cheaper one, by an estimate on a sample of the rows.</summary>
    Auto,

    /// <summary>A KD-tree of leaves of 32 rows: skips leaves that are too far away. It wins in few dimensions, and in many where the rows cluster.</summary>
    Tree,

    /// <summary>Every pair of rows, in blocks. It wins where there are few rows, or so many dimensions that no leaf can be skipped.</summary>
    BruteForce,
}
