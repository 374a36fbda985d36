using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

public class MixedFileTests
{
    private static readonly MixedFile.Parts Right = new();

    [Fact]
    public void Levels_that_are_no_subset_are_refused()
    {
        AssertBad(Right with { Counts = null });
        AssertBad(Right with { Levels = null });
        AssertBad(Right with { Counts = null, Levels = null });
        AssertBad(Right with { Counts = [1] });
        AssertBad(Right with { Counts = [3] });
        AssertBad(Right with { Counts = [0] });
        AssertBad(Right with { Counts = [int.MaxValue] });
        AssertBad(Right with { Counts = [2, 0] });
        AssertBad(Right with { Counts = [1, 1] });
        AssertBad(Right with { Counts = [] });
        AssertBad(Right with { Levels = [70, 1] });
        AssertBad(Right with { Levels = [1, 1] });
        AssertBad(Right with { Levels = [-1, 1] });
        AssertBad(Right with { Levels = [1, 101] });
        AssertBad(Right with { Threshold = [0.5f, 0, 0] });
        MixedFile.Load(parts: Right with { Levels = [1, 100] });
    }

    [Fact]
    public void Levels_of_trees_that_split_no_category_are_refused()
    {
        AssertBad(Right with { Feature = [0, -1, -1] });
        AssertBad(Right with { ColumnLevels = null });
        AssertBad(Right with { ColumnLevels = [100, 0] });
        MixedFile.Load(parts: Right with { Feature = [0, -1, -1], Counts = null, Levels = null });
    }

    [Fact]
    public void Kinds_of_columns_that_make_no_sense_are_refused()
    {
        AssertBad(Right with { ColumnLevels = [0, -1] });
        AssertBad(Right with { ColumnLevels = [0, (1 << 24) + 1] });
        AssertBad(Right with { ColumnLevels = [0, 100, 0] });
        AssertBad(Right with { ColumnLevels = [100] });
        AssertBad(Right with { ColumnMissing = [0, 2] });
        AssertBad(Right with { ColumnMissing = [1] });
        AssertBad(Right, writer => writer.Add("columns.offsets", new[] { 0.0, 5 }.AsMemory()));
    }

    [Fact]
    public void Kinds_behind_a_scaling_are_refused()
    {
        var forest = new IsolationForestTrainer { TreeCount = 2, Scaling = FeatureScaling.Standard }.Fit(RecipeData.Normals(50, 2));
        foreach (bool isCategory in (bool[])[true, false])
        {
            var writer = new ModelWriter();
            forest.WriteTo(writer);
            if (isCategory)
                writer.Add("columns.levels", new[] { 3, 0 }.AsMemory());
            else
                writer.Add("columns.missing", new byte[] { 1, 0 }.AsMemory());
            using var stream = new MemoryStream();
            writer.Save(stream);
            stream.Position = 0;
            Assert.Throws<ModelFormatException>(() => IsolationForestDetector.Load(stream));
        }
    }

    [Fact]
    public void A_tree_as_deep_as_they_come_is_walked_down_both_sides()
    {
        // A chain: each node splits one row off to the left.
        const int Depth = 4096;
        int nodes = (2 * Depth) + 1;
        int[] feature = [.. Enumerable.Range(0, nodes).Select(node => node % 2 == 0 && node < nodes - 1 ? 0 : -1)];
        int[] left = [.. Enumerable.Range(0, nodes).Select(node => feature[node] < 0 ? 0 : node + 1)];
        int[] size = [.. Enumerable.Range(0, nodes).Select(node => node % 2 == 1 ? 1 : Depth + 1 - (node / 2))];
        var forest = MixedFile.Load(parts: new MixedFile.Parts
        {
            DepthLimit = Depth,
            Feature = feature,
            Left = left,
            Size = size,
            ColumnLevels = null,
            ColumnMissing = [1, 0],
            Counts = null,
            Levels = null,
        });

        // Every row of the chain is as likely: depths 1 to 4096, and the last one twice.
        double expected = ((Depth * (Depth + 1) / 2.0) + Depth) / (Depth + 1);
        Assert.Equal(Math.Pow(2, -expected / forest.Model.NormalPathLength), forest.Score([float.NaN, 0f]), 1e-6);
    }

    [Fact]
    public void Plain_forests_have_nothing_new_in_their_files()
    {
        byte[] file = MixedData.Saved(new IsolationForestTrainer { TreeCount = 3 }.Fit(RecipeData.Normals(50, 2)));
        string header = System.Text.Encoding.UTF8.GetString(file.AsSpan(8, BitConverter.ToInt32(file)));
        foreach (string name in (string[])["columns.levels", "columns.missing", "category_"])
            Assert.DoesNotContain(name, header, StringComparison.Ordinal);
    }

    private static void AssertBad(MixedFile.Parts parts, Action<ModelWriter>? change = null) =>
        Assert.Throws<ModelFormatException>(() => MixedFile.Load(change, parts));
}
