using AnomalyKit.Numerics;

namespace AnomalyKit.Cuda;

/// <summary>Made-up rows: columns that follow from a few hidden factors, and 1 % of rows whose columns do not. The same on every machine but for rounding.</summary>
internal static class LatentRows
{
    private const double AnomalyFraction = 0.01;

    public static (FeatureMatrix Data, bool[] Labels) Create(int rows, int columns, ulong seed)
    {
        int factors = Math.Max(2, columns / 8);
        var loadings = new float[columns * factors];
        var shape = new CounterRandom(7);
        for (int i = 0; i < loadings.Length; i++)
            loadings[i] = (float)shape.NextGaussian();
        var cells = new float[(long)rows * columns];
        var labels = new bool[rows];
        Parallel.For(0, rows, row =>
        {
            var random = new CounterRandom(seed, (ulong)row);
            labels[row] = random.NextDouble() < AnomalyFraction;
            var hidden = new float[factors];
            for (int j = 0; j < columns; j++)
            {
                for (int f = 0; f < factors && (j == 0 || labels[row]); f++)
                    hidden[f] = (float)random.NextGaussian();
                double sum = 0.3 * random.NextGaussian();
                for (int f = 0; f < factors; f++)
                    sum += loadings[(j * factors) + f] * hidden[f];
                cells[(row * (long)columns) + j] = (float)sum;
            }
        });
        return (FeatureMatrix.Wrap(cells, columns), labels);
    }
}
