using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest;

/// <summary>The splits by categories of all trees: for each, the levels that go right.</summary>
/// <remarks>
/// The right child is the one that got more of the known training rows, so every other level goes left, with the rare ones: those that no row of the node had, and
/// those that no training row had. A list is never longer than the rows of its node, however many levels the category has.
/// </remarks>
internal sealed class CategorySplits
{
    /// <param name="nodes">The nodes that split by a category, ascending, as positions in the arrays of the forest.</param>
    /// <param name="starts">Where each one's levels begin; one more entry for the end.</param>
    /// <param name="levels">The levels that go right, ascending within a node.</param>
    public CategorySplits(int[] nodes, int[] starts, int[] levels)
    {
        Nodes = nodes;
        Starts = starts;
        Levels = levels;
    }

    /// <summary>The nodes that split by a category, ascending, as positions in the arrays of the forest.</summary>
    public int[] Nodes { get; }

    /// <summary>Where the levels of each of <see cref="Nodes"/> begin; one more entry for the end.</summary>
    public int[] Starts { get; }

    /// <summary>The levels that go right, ascending within a node.</summary>
    public int[] Levels { get; }

    /// <summary>The levels that go right at one of <see cref="Nodes"/>.</summary>
    public ReadOnlySpan<int> Right(int split) => Levels.AsSpan(Starts[split]..Starts[split + 1]);

    /// <summary>Puts lists together in the order of their nodes; null where there are none.</summary>
    public static CategorySplits? Of(IEnumerable<(int Node, int[] Right)> splits)
    {
        var nodes = new List<int>();
        var starts = new List<int> { 0 };
        var levels = new List<int>();
        foreach (var (node, right) in splits)
        {
            nodes.Add(node);
            levels.AddRange(right);
            starts.Add(levels.Count);
        }

        return nodes.Count > 0 ? new CategorySplits([.. nodes], [.. starts], [.. levels]) : null;
    }

    /// <summary>The splits as a list, with all nodes shifted.</summary>
    public IEnumerable<(int Node, int[] Right)> From(int firstNode)
    {
        for (int i = 0; i < Nodes.Length; i++)
            yield return (firstNode + Nodes[i], Right(i).ToArray());
    }

    /// <summary>Reads them where nodes split by categories.</summary>
    public static CategorySplits? Read(ModelReader reader, int[] feature, float[] threshold, ReadOnlySpan<int> levelCounts)
    {
        var nodes = new List<int>();
        for (int at = 0; at < feature.Length; at++)
        {
            if (feature[at] < 0 || levelCounts[feature[at]] == 0)
                continue;
            if (threshold[at] != 0)
                throw ModelReader.FormatError($"its node {at} splits a category at the threshold {threshold[at]}; 0 was expected");
            nodes.Add(at);
        }

        if (nodes.Count == 0)
        {
            return reader.HasArray("category_levels") || reader.HasArray("category_counts")
                ? throw ModelReader.FormatError("it lists levels and no node splits a category")
                : null;
        }

        int[] levels = reader.GetInt32s("category_levels", 0, int.MaxValue, -1);
        int[] counts = reader.GetInt32s("category_counts", 1, levels.Length, nodes.Count);
        var starts = new int[nodes.Count + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > levels.Length - starts[i])
                throw ModelReader.FormatError("its category splits have more levels than it lists");
            starts[i + 1] = starts[i] + counts[i];
            ThrowIfNoSubset(levels.AsSpan(starts[i], counts[i]), nodes[i], levelCounts[feature[nodes[i]]]);
        }

        return starts[^1] == levels.Length
            ? new CategorySplits([.. nodes], starts, levels)
            : throw ModelReader.FormatError($"it lists {levels.Length} levels, of which {starts[^1]} belong to category splits");
    }

    public void WriteTo(ModelWriter writer)
    {
        int[] counts = [.. Enumerable.Range(0, Nodes.Length).Select(i => Starts[i + 1] - Starts[i])];
        writer.Add("category_counts", counts.AsMemory());
        writer.Add("category_levels", Levels.AsMemory());
    }

    private static void ThrowIfNoSubset(ReadOnlySpan<int> levels, int node, int levelCount)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] > levelCount)
                throw ModelReader.FormatError($"its node {node} sends level {levels[i]} right, of a category with {levelCount} levels");
            if (i > 0 && levels[i] <= levels[i - 1])
                throw ModelReader.FormatError($"the levels of its node {node} are not in ascending order: {levels[i]} follows {levels[i - 1]}");
        }
    }
}
