using AnomalyKit.Numerics;

namespace AnomalyKit.Ensemble.Tests;

internal static class Rows
{
    public static FeatureMatrix Normal(int rows, int columns, ulong seed = 1)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }

    public static EnsembleMember Member(int column, double weight = 1) => new($"column {column}", new ColumnTrainer(column)) { Weight = weight };

    public static EnsembleMember[] Members(int count) => [.. Enumerable.Range(0, count).Select(column => Member(column))];
}
