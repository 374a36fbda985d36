using System.Diagnostics;
using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

public class ModelFileTests
{
    private const int LargestSample = 1 << 24;

    [Fact]
    public void A_stump_can_be_written_by_hand()
    {
        var forest = Load(sampleSize: 4, depthLimit: 1, starts: [0, 3], feature: [1, -1, -1], threshold: [0.5f, 0, 0], left: [1, 0, 0], size: [4, 3, 1]);
        double normal = 2 * ((1 + 0.5 + (1.0 / 3) + 0.25) - 1);
        Assert.Equal(Math.Pow(2, -1 / normal), forest.Score([0f, 0.5f]), 1e-6);
        Assert.Equal(Math.Pow(2, -(1 + (5.0 / 3)) / normal), forest.Score([0f, 0.49f]), 1e-6);
    }

    [Fact]
    public void Trees_that_are_no_trees_are_refused()
    {
        // Left child at the parent itself, before it, beyond the end, shared, even; sizes that do not add up; too deep; unreachable.
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [0, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [2, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [3, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [1, 0, 1], size: [4, 3, 1]);
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [1, 0, 0], size: [4, 3, 2]);
        AssertBad(starts: [0, 3], feature: [0, -1, -1], left: [1, 0, 0], size: [3, 2, 1]);
        AssertBad(starts: [0, 3], feature: [2, -1, -1], left: [1, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 3], feature: [-2, -1, -1], left: [1, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 2], feature: [-1, -1], left: [0, 0], size: [4, 4]);
        AssertBad(starts: [0, 5], feature: [0, 0, -1, -1, -1], left: [1, 3, 0, 0, 0], size: [4, 3, 1, 2, 1]);
        AssertBad(starts: [0, 5], feature: [0, 0, -1, -1, -1], left: [1, 1, 0, 0, 0], size: [4, 3, 1, 2, 1], depthLimit: 2);
        AssertBad(starts: [1, 3], feature: [0, -1, -1], left: [1, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0, 0, 3], feature: [0, -1, -1], left: [1, 0, 0], size: [4, 3, 1]);
        AssertBad(starts: [0], feature: [], left: [], size: []);
        AssertBad(starts: [], feature: [], left: [], size: []);

        static void AssertBad(int[] starts, int[] feature, int[] left, int[] size, int depthLimit = 1) =>
            Assert.Throws<ModelFormatException>(() => Load(4, depthLimit, starts, feature, new float[feature.Length], left, size));
    }

    [Fact]
    public void Many_small_trees_that_claim_enormous_samples_load_at_once()
    {
        // Each leaf asks for c(16,777,216); summing that anew for each of 20,000 took minutes for a file of 400 kilobytes.
        const int Trees = 20_000;
        var clock = Stopwatch.StartNew();
        var forest = Load(
            LargestSample,
            1,
            [.. Enumerable.Range(0, Trees + 1)],
            [.. Enumerable.Repeat(-1, Trees)],
            new float[Trees],
            new int[Trees],
            [.. Enumerable.Repeat(LargestSample, Trees)]);
        Assert.Equal(0.5f, forest.Score([1f, 2f]), 1e-6f);
        Assert.True(clock.Elapsed < Patience.Long, $"It took {clock.Elapsed.TotalSeconds} s.");
    }

    private static IsolationForestDetector Load(int sampleSize, int depthLimit, int[] starts, int[] feature, float[] threshold, int[] left, int[] size)
    {
        var writer = new ModelWriter();
        writer.Set("detector", "isolation-forest");
        writer.Set("threshold", 0.5);
        writer.Set("threshold.origin", "by hand");
        writer.Set("columns", 2);
        writer.Scope("transform").Set("kind", "identity");
        writer.Scope("transform").Set("columns", 2);
        var model = writer.Scope("model");
        model.Set("sample_size", sampleSize);
        model.Set("depth_limit", depthLimit);
        model.Add("tree_starts", starts.AsMemory());
        model.Add("feature", feature.AsMemory());
        model.Add("threshold", threshold.AsMemory());
        model.Add("left", left.AsMemory());
        model.Add("size", size.AsMemory());
        return Read(writer);
    }

    private static IsolationForestDetector Read(ModelWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Save(stream);
        stream.Position = 0;
        return IsolationForestDetector.Load(stream);
    }
}
