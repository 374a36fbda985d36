namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>For each category split, the levels that go right, ready to be looked up.</summary>
internal sealed class LevelSets
{
    private const int MaskLevels = 64;

    private readonly CategorySplits _splits;
    private readonly ulong[] _masks;

    public LevelSets(CategorySplits splits)
    {
        _splits = splits;
        _masks = new ulong[splits.Nodes.Length];
        for (int split = 0; split < _masks.Length; split++)
        {
            foreach (int level in splits.Right(split))
                _masks[split] |= level < MaskLevels ? 1UL << level : 0;
        }
    }

    /// <summary>Whether a code goes right. Codes that the node has not seen do not.</summary>
    public bool GoesRight(int split, float code)
    {
        // Any float gives some whole number here; only codes of right levels are found.
        int level = (int)code;
        return (uint)level < MaskLevels ? ((_masks[split] >> level) & 1) != 0 : _splits.Right(split).BinarySearch(level) >= 0;
    }
}
