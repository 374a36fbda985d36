namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The Shapley values of a tree's path length. All implementations give the same bits.</summary>
internal interface IShapleyKernel
{
    /// <summary>Rows per vector.</summary>
    int Lanes { get; }

    /// <summary>Doubles that <see cref="Add"/> works in.</summary>
    long ScratchLength(PathForest forest);

    /// <summary>Adds what four points of the quadrature give to the contributions.</summary>
    void Add(in PathTreeInput tree, in RowGroups rows);
}
