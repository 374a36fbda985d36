namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>A forest made ready for whole tiles: groups of trees for the bit-sliced kernel, and those that are cheaper walked.</summary>
internal sealed unsafe class SlicedForest
{
    private readonly IBitSlicedTrees[] _groups;
    private readonly TreeWalker? _walked;

    private SlicedForest(IBitSlicedTrees[] groups, TreeWalker? walked)
    {
        _groups = groups;
        _walked = walked;
        foreach (var group in groups)
            ScratchBytes = Math.Max(ScratchBytes, group.ScratchBytes);
    }

    /// <summary>The scratch memory of a tile, in bytes.</summary>
    public int ScratchBytes { get; }

    /// <summary>Divides a forest; nothing where all of it is cheaper walked.</summary>
    public static SlicedForest? Of(ForestKernel kernel, IsolationForestModel model, float[] thresholds)
    {
        var (groups, walked) = TreeGroups.Divide(model, thresholds, ForestKernels.RowsPerTile(kernel) / 64);
        if (groups.Count == 0)
            return null;
        var slots = new int[model.Columns];
        return new SlicedForest(
            [.. groups.Select(group => ForestKernels.Slice(kernel, model, thresholds, group, slots))],
            walked.Length > 0 ? new TreeWalker(model, thresholds, walked) : null);
    }

    /// <inheritdoc cref="IBitSlicedTrees.AddPathLengths"/>
    public void AddPathLengths(float* rows, int rowCount, double* sums, byte* scratch)
    {
        foreach (var group in _groups)
            group.AddPathLengths(rows, rowCount, sums, scratch);
        _walked?.AddPathLengths(rows, rowCount, sums);
    }
}
