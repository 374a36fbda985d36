namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>A split as <see cref="ShapleyKernel{TLanes, TCoefficients}"/> reads it. Positions count from the first split of the tree.</summary>
internal struct PathNode
{
    /// <summary>Numbers below it go left.</summary>
    public double Threshold;

    /// <summary>The part of the node's sample rows that went left: between 0 and 1, neither of them.</summary>
    public double LeftCover;

    /// <summary>The path length of the left child where it is a leaf.</summary>
    public double LeftValue;

    /// <summary>The path length of the right child where it is a leaf.</summary>
    public double RightValue;

    /// <summary>The column that it splits.</summary>
    public int Column;

    /// <summary>What the column belongs to: the group that gets the contribution.</summary>
    public int Group;

    /// <summary>Which of the category splits it is; −1 where the column is a number.</summary>
    public int Split;

    /// <summary>The left child's position; −1 where it is a leaf.</summary>
    public int Left;

    /// <summary>The right child's position; −1 where it is a leaf.</summary>
    public int Right;

    /// <summary>The nearest branch above that splits the same group: 2 · position, and 1 more where the path goes right there; −1 where there is none.</summary>
    public int Above;

    /// <summary>Whether a split below has this one as its <see cref="Above"/>.</summary>
    public bool HasSameBelow;

    /// <summary>Which row of the coefficients holds: 0 where there is nothing above, else a row of its own.</summary>
    public int Coefficients;

    /// <summary>Where, in vectors, the part of each row lies that the splits above leave of it: 0, a vector of ones, where there is nothing above.</summary>
    public readonly int Remainder => Above + 1;
}
