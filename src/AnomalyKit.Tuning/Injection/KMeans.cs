using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Divides rows into clusters: k-means of S. P. Lloyd with the starts of D. Arthur and S. Vassilvitskii (2007).</summary>
internal static class KMeans
{
    private const int MaxIterations = 25;

    /// <summary>The rows of each cluster; clusters without rows are left out.</summary>
    public static int[][] Clusters(double[][] rows, int count, ulong seed)
    {
        var random = new CounterRandom(seed, stream: 0);
        double[][] centers = Starts(rows, count, ref random);
        var clusterOf = new int[rows.Length];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            bool changed = iteration == 0;
            for (int row = 0; row < rows.Length; row++)
            {
                int nearest = Nearest(rows[row], centers).Index;
                changed |= nearest != clusterOf[row];
                clusterOf[row] = nearest;
            }

            if (!changed)
                break;
            for (int cluster = 0; cluster < centers.Length; cluster++)
            {
                double[][] own = [.. rows.Where((_, row) => clusterOf[row] == cluster)];
                if (own.Length > 0)
                    centers[cluster] = Mean(own);
            }
        }

        return [.. Enumerable.Range(0, rows.Length).GroupBy(row => clusterOf[row]).OrderBy(cluster => cluster.Key).Select(cluster => cluster.ToArray())];
    }

    /// <summary>The mean of some rows.</summary>
    public static double[] Mean(double[][] rows)
    {
        var mean = new double[rows[0].Length];
        foreach (double[] row in rows)
        {
            for (int column = 0; column < mean.Length; column++)
                mean[column] += row[column] / rows.Length;
        }

        return mean;
    }

    private static double[][] Starts(double[][] rows, int count, ref CounterRandom random)
    {
        var centers = new List<double[]> { rows[random.NextInt32(rows.Length)] };
        while (centers.Count < count)
        {
            double[] squares = [.. rows.Select(row => Nearest(row, [.. centers]).Square)];
            double left = random.NextDouble() * squares.Sum();
            int chosen = 0;
            while (chosen < rows.Length - 1 && (left -= squares[chosen]) > 0)
                chosen++;
            centers.Add(rows[chosen]);
        }

        return [.. centers];
    }

    private static (int Index, double Square) Nearest(double[] row, double[][] centers)
    {
        var nearest = (Index: 0, Square: double.PositiveInfinity);
        for (int i = 0; i < centers.Length; i++)
        {
            double square = 0;
            for (int column = 0; column < row.Length; column++)
                square += (row[column] - centers[i][column]) * (row[column] - centers[i][column]);
            if (square < nearest.Square)
                nearest = (i, square);
        }

        return nearest;
    }
}
