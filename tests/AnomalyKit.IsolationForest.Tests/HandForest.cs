namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Forests that are written down node by node.</summary>
internal static class HandForest
{
    /// <summary>A node: a split of a column, with its left child, or a leaf (column −1).</summary>
    public readonly record struct Node(int Size, int Column = -1, float Threshold = 0, int Left = 0);

    /// <summary>A forest in the frame of a fitted one.</summary>
    public static IsolationForestDetector Of(IsolationForestModel model, FeatureSchema? schema = null)
    {
        schema ??= FeatureSchema.Unnamed(model.Columns);
        var transform = FeatureTransform.Identity(model.Columns);
        return new IsolationForestDetector(new DetectorFrame(schema, transform, 0.6, "a test"), new FittedForest(schema, transform, model));
    }

    /// <summary>A forest of trees, each as its nodes.</summary>
    public static IsolationForestDetector Of(int columns, int depthLimit, params Node[][] trees)
    {
        int[] starts = [0, .. trees.Select((_, tree) => trees.Take(tree + 1).Sum(nodes => nodes.Length))];
        Node[] all = [.. trees.SelectMany(nodes => nodes)];
        return Of(new IsolationForestModel(
            columns, trees[0][0].Size, depthLimit, starts,
            [.. all.Select(node => node.Column)], [.. all.Select(node => node.Threshold)], [.. all.Select(node => node.Left)], [.. all.Select(node => node.Size)]));
    }

    /// <summary>A tree of which every split isolates one row to its right: as deep as there are splits.</summary>
    public static Node[] Chain(int depth, int columns)
    {
        var nodes = new Node[(2 * depth) + 1];
        for (int level = 0; level < depth; level++)
        {
            int at = level == 0 ? 0 : (2 * level) - 1;
            nodes[at] = new Node(depth + 1 - level, level % columns, 1 - (level / columns * 0.01f), (2 * level) + 1);
            nodes[(2 * level) + 2] = new Node(1);
        }

        nodes[(2 * depth) - 1] = new Node(1);
        return nodes;
    }
}
