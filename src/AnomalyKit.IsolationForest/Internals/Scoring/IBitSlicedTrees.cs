namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A group of trees that is scored by the bit-sliced kernel of some width.</summary>
internal unsafe interface IBitSlicedTrees
{
    /// <summary>The scratch memory of a call, in bytes.</summary>
    int ScratchBytes { get; }

    /// <summary>Adds each row's path lengths over the group, in units of 2⁻¹⁶, to its sum.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="rowCount">From 1 to the rows of a tile.</param>
    /// <param name="sums">One sum per row.</param>
    /// <param name="scratch">Scratch memory, best aligned to 64 bytes.</param>
    void AddPathLengths(float* rows, int rowCount, double* sums, byte* scratch);
}
