using AnomalyKit.Numerics;

namespace AnomalyKit.LoadClient;

/// <summary>The models of the load tests: 30 columns of normally distributed numbers.</summary>
internal static class Models
{
    public const int Columns = 30;

    private const int Rows = 20_000;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new CounterRandom(1);
        float[] cells = new float[Rows * Columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        var matrix = FeatureMatrix.Wrap(cells, new FeatureSchema(Enumerable.Range(1, Columns).Select(column => $"x{column}")));
        new IsolationForestTrainer { TreeCount = 100, SampleSize = 256, Seed = 1 }.Fit(matrix).Save(Path.Combine(folder, "forest.akm"));
        RecommendedEnsemble.Create(1).Fit(matrix).Save(Path.Combine(folder, "recommended.akm"));
    }
}
