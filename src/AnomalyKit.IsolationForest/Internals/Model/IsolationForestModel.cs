using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest;

/// <summary>A fitted forest as plain arrays: all nodes of all trees, one tree after the other.</summary>
/// <remarks>
/// Node i of a tree is a leaf (<see cref="Feature"/> −1) or splits: rows whose feature is below the threshold go to node <see cref="Left"/>, the
/// others to the node behind it. Where the feature is a category, <see cref="Categories"/> has the levels that go right. Children come after their parent. The constructor checks all of this, so that scoring may walk unchecked.
/// </remarks>
internal sealed class IsolationForestModel
{
    /// <summary>Path lengths are kept in units of 2⁻¹⁶, so that their sums are exact in any order.</summary>
    public const int FractionBits = 16;

    /// <summary>The deepest tree whose path lengths fit the fixed-point format with room to spare.</summary>
    public const int DeepestLimit = 4096;

    /// <summary>The most rows a tree.</summary>
    public const int LargestSample = 1 << 24;

    public IsolationForestModel(
        int columns, int sampleSize, int depthLimit, int[] treeStarts, int[] feature, float[] threshold, int[] left, int[] size, ConstantColumns? constants = null,
        CategorySplits? categories = null)
    {
        Columns = columns;
        SampleSize = sampleSize;
        DepthLimit = depthLimit;
        TreeStarts = treeStarts;
        Feature = feature;
        Threshold = threshold;
        Left = left;
        Size = size;
        Constants = constants;
        Categories = categories;
        var averages = new AveragePathLength(sampleSize);
        NormalPathLength = averages.Of(sampleSize);
        PathLength = new int[feature.Length];
        TreeDepths = new int[TreeCount];
        var depths = new int[feature.Length];
        for (int tree = 0; tree < TreeCount; tree++)
            TreeDepths[tree] = Check(tree, depths, averages);
    }

    /// <summary>Columns of the rows that the trees split.</summary>
    public int Columns { get; }

    /// <summary>Training rows a tree, ψ.</summary>
    public int SampleSize { get; }

    /// <summary>The depth at which growing stopped.</summary>
    public int DepthLimit { get; }

    public int TreeCount => TreeStarts.Length - 1;

    /// <summary>Where each tree's nodes begin; one more entry for the end.</summary>
    public int[] TreeStarts { get; }

    /// <summary>The feature that a node splits by; −1 at a leaf.</summary>
    public int[] Feature { get; }

    /// <summary>Rows below it go left; 0 at a leaf.</summary>
    public float[] Threshold { get; }

    /// <summary>The left child, counted from the tree's root; 0 at a leaf. The right child follows it.</summary>
    public int[] Left { get; }

    /// <summary>The tree's sample rows that reached the node.</summary>
    public int[] Size { get; }

    /// <summary>The columns that were constant in training, or null for none.</summary>
    public ConstantColumns? Constants { get; }

    /// <summary>The splits by categories, whose thresholds are 0; null for none.</summary>
    public CategorySplits? Categories { get; }

    /// <summary>At a leaf: depth + c(size) in units of 2⁻¹⁶; 0 elsewhere.</summary>
    public int[] PathLength { get; }

    /// <summary>The depth of each tree's deepest leaf.</summary>
    public int[] TreeDepths { get; }

    /// <summary>c(ψ), which path lengths are divided by.</summary>
    public double NormalPathLength { get; }

    public static IsolationForestModel Read(ModelReader reader, FeatureTransform transform, FeatureSchema schema)
    {
        int columns = transform.OutputColumns;
        int sampleSize = reader.GetInt32("sample_size", 2, LargestSample);
        int depthLimit = reader.GetInt32("depth_limit", 1, DeepestLimit);
        int[] feature = reader.GetInt32s("feature", -1, columns - 1, -1);
        int[] starts = reader.GetInt32s("tree_starts", 0, feature.Length, -1);
        float[] threshold = reader.GetSingles("threshold", feature.Length);
        int[] left = reader.GetInt32s("left", 0, feature.Length, feature.Length);
        int[] size = reader.GetInt32s("size", 1, sampleSize, feature.Length);
        if (starts.Length < 2 || starts[0] != 0 || starts[^1] != feature.Length)
            throw ModelReader.FormatError("its trees do not cover its nodes");
        for (int tree = 1; tree < starts.Length; tree++)
        {
            if (starts[tree] <= starts[tree - 1])
                throw ModelReader.FormatError($"tree {tree - 1} has no nodes");
            if (size[starts[tree - 1]] != sampleSize)
                throw ModelReader.FormatError($"tree {tree - 1} was grown on {size[starts[tree - 1]]} rows and not on {sampleSize}");
        }

        // Categories come as they are: a transform that is not the identity is refused with them.
        var categories = schema.HasCategories && transform.IsIdentity ? CategorySplits.Read(reader, feature, threshold, schema.LevelCounts) : null;
        try
        {
            return new IsolationForestModel(columns, sampleSize, depthLimit, starts, feature, threshold, left, size, ConstantColumns.Read(reader, columns), categories);
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its trees are malformed: " + exception.Message, exception);
        }
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("sample_size", SampleSize);
        writer.Set("depth_limit", DepthLimit);
        writer.Add("tree_starts", TreeStarts.AsMemory());
        writer.Add("feature", Feature.AsMemory());
        writer.Add("threshold", Threshold.AsMemory());
        writer.Add("left", Left.AsMemory());
        writer.Add("size", Size.AsMemory());
        Constants?.WriteTo(writer);
        Categories?.WriteTo(writer);
    }

    /// <summary>Checks one tree and sets its leaves' path lengths. Returns its depth.</summary>
    private int Check(int tree, int[] depths, AveragePathLength averages)
    {
        int start = TreeStarts[tree];
        int count = TreeStarts[tree + 1] - start;
        int nextChild = 1;
        int deepest = 0;
        for (int node = 0; node < count; node++)
        {
            int at = start + node;
            int depth = depths[at];
            if (Feature[at] < 0)
            {
                if (Left[at] != 0)
                    throw new ArgumentException($"node {node} of tree {tree} is a leaf with a child");
                PathLength[at] = (int)Math.Round((depth + averages.Of(Size[at])) * (1 << FractionBits));
                deepest = Math.Max(deepest, depth);
                continue;
            }

            // Children are handed out in order, two at a time, each to one parent: no cycles, no sharing, nothing unreachable.
            int child = Left[at];
            if (child <= node || child > count - 2 || (child & 1) == 0 || depths[start + child] != 0 || depth >= DepthLimit)
                throw new ArgumentException($"node {node} of tree {tree} has its children in the wrong place");
            if (Size[start + child] + Size[start + child + 1] != Size[at])
                throw new ArgumentException($"the children of node {node} of tree {tree} do not share its rows");
            depths[start + child] = depth + 1;
            depths[start + child + 1] = depth + 1;
            nextChild += 2;
        }

        return nextChild == count ? deepest : throw new ArgumentException($"tree {tree} has {count} nodes, of which {nextChild} are reachable");
    }
}
