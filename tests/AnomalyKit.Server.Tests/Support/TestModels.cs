using AnomalyKit.Numerics;

namespace AnomalyKit.Server.Tests.Support;

/// <summary>Small fitted models as files.</summary>
internal static class TestModels
{
    /// <summary>Writes a forest; different seeds give different scores. The file appears whole.</summary>
    public static void Write(string path, ulong seed, int columns = 4)
    {
        var random = new CounterRandom(99);
        float[] cells = new float[500 * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        var trainer = new IsolationForestTrainer { Seed = seed, TreeCount = 20, SampleSize = 64 };
        var detector = trainer.Fit(FeatureMatrix.Wrap(cells, new FeatureSchema(Enumerable.Range(1, columns).Select(column => $"x{column}"))));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        detector.Save(path);
    }
}
