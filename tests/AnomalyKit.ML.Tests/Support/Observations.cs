using AnomalyKit.Numerics;

namespace AnomalyKit.ML.Tests.Support;

/// <summary>Rows of one cloud, and a few far away from it.</summary>
internal static class Observations
{
    public const int Columns = 4;

    public static Observation[] Create(int rows, ulong seed = 1, int anomalies = 0)
    {
        var random = new CounterRandom(seed, 0);
        var observations = new Observation[rows];
        for (int row = 0; row < rows; row++)
        {
            bool isAnomaly = row < anomalies;
            var features = new float[Columns];
            for (int column = 0; column < Columns; column++)
                features[column] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * (isAnomaly ? 6 : 1)) + (column * 10);
            observations[row] = new Observation { Features = features, Label = isAnomaly ? 1 : 0, Id = $"row {row}" };
        }

        return observations;
    }

    public static FeatureMatrix Matrix(IReadOnlyList<Observation> rows) => FeatureMatrix.FromRows([.. rows.Select(row => row.Features)]);
}
