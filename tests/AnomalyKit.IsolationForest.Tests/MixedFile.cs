using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>A model file of one stump over a number and a category, or of any other tree, written by hand.</summary>
internal static class MixedFile
{
    public static IsolationForestDetector Load(Action<ModelWriter>? change = null, Parts? parts = null)
    {
        parts ??= new Parts();
        var writer = new ModelWriter();
        writer.Set("detector", "isolation-forest");
        writer.Set("threshold", 0.5);
        writer.Set("threshold.origin", "by hand");
        writer.Set("columns", 2);
        if (parts.ColumnLevels is not null)
            writer.Add("columns.levels", parts.ColumnLevels.AsMemory());
        if (parts.ColumnMissing is not null)
            writer.Add("columns.missing", parts.ColumnMissing.AsMemory());
        writer.Scope("transform").Set("kind", "identity");
        writer.Scope("transform").Set("columns", 2);
        var model = writer.Scope("model");
        model.Set("sample_size", parts.Size[0]);
        model.Set("depth_limit", parts.DepthLimit);
        model.Add("tree_starts", new[] { 0, parts.Feature.Length }.AsMemory());
        model.Add("feature", parts.Feature.AsMemory());
        model.Add("threshold", (parts.Threshold ?? new float[parts.Feature.Length]).AsMemory());
        model.Add("left", parts.Left.AsMemory());
        model.Add("size", parts.Size.AsMemory());
        if (parts.Counts is not null)
            model.Add("category_counts", parts.Counts.AsMemory());
        if (parts.Levels is not null)
            model.Add("category_levels", parts.Levels.AsMemory());
        change?.Invoke(writer);
        using var stream = new MemoryStream();
        writer.Save(stream);
        stream.Position = 0;
        return IsolationForestDetector.Load(stream);
    }

    internal sealed record Parts
    {
        public int[]? ColumnLevels { get; init; } = [0, 100];

        public byte[]? ColumnMissing { get; init; } = [0, 1];

        public int DepthLimit { get; init; } = 1;

        public int[] Feature { get; init; } = [1, -1, -1];

        public float[]? Threshold { get; init; }

        public int[] Left { get; init; } = [1, 0, 0];

        public int[] Size { get; init; } = [4, 1, 3];

        public int[]? Counts { get; init; } = [2];

        public int[]? Levels { get; init; } = [1, 70];
    }
}
