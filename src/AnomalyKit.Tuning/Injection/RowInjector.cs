using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Makes rows that do not belong, of the four kinds of ADBench (S. Han et al., NeurIPS 2022), after G. Steinbuss and K. Böhm (TKDD 15, 2021).</summary>
/// <remarks>
/// ADBench fits a Gaussian mixture and a vine copula to the normal rows. Here nothing is known to be normal: clusters of all rows take the place of the mixture, and cells that are drawn from columns apart that of independent
/// densities. A row of a cluster's Gaussian is a random combination of the cluster's rows, which has their covariance and keeps every linear relation that they keep.
/// </remarks>
internal sealed class RowInjector
{
    private const int MaxClusters = 5;
    private const int RowsPerCluster = 100;

    // The constants of ADBench: the covariance of local ones, the range of global ones, the displacement of clustered ones.
    private const double LocalVariance = 5;
    private const double GlobalRange = 1.1;
    private const double ClusterDistance = 5;

    private readonly double[][] _rows;
    private readonly double[] _centers;
    private readonly double[] _scales;
    private readonly double[][][] _clusters;
    private readonly ulong _seed;

    /// <param name="data">The rows to be like, and unlike; finite cells.</param>
    /// <param name="seed">Another seed makes other rows.</param>
    public RowInjector(FeatureMatrix data, ulong seed)
    {
        _seed = seed;
        double[][] cells = [.. Enumerable.Range(0, data.RowCount).Select(row => Array.ConvertAll(data.Cells(row).ToArray(), cell => (double)cell))];
        _centers = KMeans.Mean(cells);
        _scales = [.. _centers.Select((center, column) => Scale(cells, column, center))];
        _rows = [.. cells.Select(row => row.Select((cell, column) => (cell - _centers[column]) / _scales[column]).ToArray())];
        _clusters = [.. KMeans.Clusters(_rows, Math.Clamp(_rows.Length / RowsPerCluster, 1, MaxClusters), seed).Select(cluster => cluster.Select(row => _rows[row]).ToArray())];
    }

    /// <summary>Makes rows, in the encoding of the data.</summary>
    /// <param name="kind">What is wrong with them.</param>
    /// <param name="count">How many.</param>
    /// <param name="stream">Another stream makes other rows.</param>
    public float[][] Make(InjectedAnomalies kind, int count, ulong stream)
    {
        var random = new CounterRandom(_seed, (stream * 16) + (ulong)kind + 1);
        double[]? displaced = null;
        double[][] home = _clusters[0];
        var made = new float[count][];
        for (int i = 0; i < count; i++)
        {
            double[] row;
            switch (kind)
            {
                case InjectedAnomalies.Local:
                    double[][] cluster = Any(ref random);
                    row = Near(KMeans.Mean(cluster), cluster, Math.Sqrt(LocalVariance), ref random);
                    break;
                case InjectedAnomalies.Clustered:
                    if (displaced is null)
                    {
                        home = Any(ref random);
                        displaced = Near(KMeans.Mean(home), home, ClusterDistance, ref random);
                    }

                    row = Near(displaced, home, 1, ref random);
                    break;
                case InjectedAnomalies.Global:
                    row = Anywhere(ref random);
                    break;
                default:
                    row = Mixed(ref random);
                    break;
            }

            made[i] = [.. row.Select((cell, column) => (float)((cell * _scales[column]) + _centers[column]))];
        }

        return made;
    }

    /// <summary>A cluster, each as likely as it has rows.</summary>
    private double[][] Any(ref CounterRandom random)
    {
        int row = random.NextInt32(_rows.Length);
        int cluster = 0;
        while (row >= _clusters[cluster].Length)
            row -= _clusters[cluster++].Length;
        return _clusters[cluster];
    }

    /// <summary>A row of the Gaussian around a center with a multiple of the cluster's own standard deviations.</summary>
    private static double[] Near(double[] center, double[][] cluster, double factor, ref CounterRandom random)
    {
        double[] mean = KMeans.Mean(cluster);
        double[] row = [.. center];
        double scale = factor / Math.Sqrt(Math.Max(1, cluster.Length - 1));
        foreach (double[] member in cluster)
        {
            double weight = scale * random.NextGaussian();
            for (int column = 0; column < row.Length; column++)
                row[column] += weight * (member[column] - mean[column]);
        }

        return row;
    }

    /// <summary>A row of the box around all rows, a tenth wider than it.</summary>
    private double[] Anywhere(ref CounterRandom random)
    {
        var row = new double[_centers.Length];
        for (int column = 0; column < row.Length; column++)
        {
            double low = _rows.Min(other => other[column]);
            double high = _rows.Max(other => other[column]);
            row[column] = ((low + high) / 2) + (GlobalRange * (high - low) * (random.NextDouble() - 0.5));
        }

        return row;
    }

    /// <summary>A row of cells that each occur, and do not belong together.</summary>
    private double[] Mixed(ref CounterRandom random)
    {
        var row = new double[_centers.Length];
        for (int column = 0; column < row.Length; column++)
            row[column] = _rows[random.NextInt32(_rows.Length)][column];
        return row;
    }

    private static double Scale(double[][] cells, int column, double center)
    {
        double square = cells.Sum(row => (row[column] - center) * (row[column] - center)) / cells.Length;
        return square > 0 ? Math.Sqrt(square) : 1;
    }
}
