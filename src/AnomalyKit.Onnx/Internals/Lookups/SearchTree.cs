using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Lookups;

/// <summary>Where a float32 lies among sorted ones, by a tree: as many comparisons as a binary search takes.</summary>
internal static class SearchTree
{
    /// <summary>The most numbers: counts of them are exact in float32.</summary>
    public const int MaxCount = 1 << 24;

    /// <summary>How many of some numbers lie at or below each score.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scores">float32 [rows, 1].</param>
    /// <param name="sorted">The numbers, ascending; at least one.</param>
    /// <returns>int64 [rows, 1]; for NaN that of 0.</returns>
    public static Value CountUpTo(GraphBuilder graph, Value scores, float[] sorted)
    {
        if (sorted.Length > MaxCount)
            throw new OnnxExportException($"The calibration has {sorted.Length} steps; at most {MaxCount} can be told apart in float32. Calibrate with fewer rows.");
        var steps = new List<(float Number, int Count)>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == sorted.Length - 1 || sorted[i + 1] != sorted[i])
                steps.Add((sorted[i], i + 1));
        }

        var table = new TreeTable();
        int next = 1;
        Add(table, steps, 0, steps.Count, 0, ref next);
        var numbers = graph.Where(graph.IsNaN(scores), graph.Single(0), scores);
        return graph.Cast(graph.SumOfLeaves(numbers, table), ElementType.Int64);
    }

    /// <summary>The least float32 at or above a double: what a float32 is compared with instead.</summary>
    public static float Above(double value)
    {
        float near = (float)value;
        return near < value ? MathF.BitIncrement(near) : near;
    }

    // Scores below the number in the middle go left; a leaf between two numbers has the count of the lower.
    private static void Add(TreeTable table, List<(float Number, int Count)> steps, int first, int end, int node, ref int next)
    {
        if (first == end)
        {
            table.Leaf(0, node, first == 0 ? 0 : steps[first - 1].Count);
            return;
        }

        int middle = (first + end) / 2;
        int left = next++;
        int right = next++;
        table.Split(0, node, 0, steps[middle].Number, left, right);
        Add(table, steps, first, middle, left, ref next);
        Add(table, steps, middle + 1, end, right, ref next);
    }
}
