using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Support;

/// <summary>Two dense clouds and, far away from both on all sides, 5 % of labeled anomalies that every detector must find.</summary>
internal static class EasySet
{
    public const int Rows = 1000;

    public const int Columns = 4;

    public static FeatureMatrix Draw(ulong seed)
    {
        var random = new CounterRandom(seed);
        var cells = new float[Rows * Columns];
        var labels = new bool[Rows];
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = row % 20 == 7;
            var target = cells.AsSpan(row * Columns, Columns);
            for (int j = 0; j < Columns; j++)
            {
                double side = (random.NextUInt32() & 1) == 0 ? -1 : 1;
                target[j] = labels[row]
                    ? (float)(side * (6 + (6 * random.NextDouble())))
                    : (float)((row % 2 == 0 ? -1 : 1) + (0.5 * random.NextGaussian()));
            }
        }

        return FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(Columns), labels);
    }
}
