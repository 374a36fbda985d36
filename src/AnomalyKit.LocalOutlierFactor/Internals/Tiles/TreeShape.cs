namespace AnomalyKit.LocalOutlierFactor.Tiles;

/// <summary>The sizes that the store, the boxes and the kernels agree on.</summary>
internal static class TreeShape
{
    /// <summary>Points of a leaf, which kernels measure at once.</summary>
    public const int LeafPoints = 32;

    /// <summary>Leaves of a parent.</summary>
    public const int ParentLeaves = 8;

    public const int ParentPoints = LeafPoints * ParentLeaves;

    /// <summary>Of more dimensions, those behind the widest of them hardly ever rule a leaf out.</summary>
    public const int MaxBoxDimensions = 32;
}
