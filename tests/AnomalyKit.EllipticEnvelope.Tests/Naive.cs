namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Textbook computations in double, to compare with.</summary>
internal static class Naive
{
    /// <summary>Mean and covariance, divided by the count, of chosen rows.</summary>
    public static (double[] Mean, double[,] Covariance) Moments(FeatureMatrix data, IReadOnlyList<int> rows)
    {
        int p = data.ColumnCount;
        var mean = new double[p];
        var covariance = new double[p, p];
        foreach (int row in rows)
        {
            for (int j = 0; j < p; j++)
                mean[j] += data.Cells(row)[j] / (double)rows.Count;
        }

        foreach (int row in rows)
        {
            for (int i = 0; i < p; i++)
            {
                for (int j = 0; j < p; j++)
                    covariance[i, j] += (data.Cells(row)[i] - mean[i]) * (data.Cells(row)[j] - mean[j]) / rows.Count;
            }
        }

        return (mean, covariance);
    }

    /// <summary>Gaussian elimination with partial pivoting: the log determinant, and the solution of A x = b.</summary>
    public static (double LogDeterminant, double[] Solution) Solve(double[,] matrix, double[] right)
    {
        int p = right.Length;
        var a = (double[,])matrix.Clone();
        double[] x = [.. right];
        double log = 0;
        for (int k = 0; k < p; k++)
        {
            int pivot = k;
            for (int i = k; i < p; i++)
            {
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k]))
                    pivot = i;
            }

            for (int j = 0; j < p; j++)
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (x[k], x[pivot]) = (x[pivot], x[k]);
            log += Math.Log(Math.Abs(a[k, k]));
            for (int i = k + 1; i < p; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k; j < p; j++)
                    a[i, j] -= factor * a[k, j];
                x[i] -= factor * x[k];
            }
        }

        for (int k = p - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < p; j++)
                x[k] -= a[k, j] * x[j];
            x[k] /= a[k, k];
        }

        return (log, x);
    }

    public static double LogDeterminant(FeatureMatrix data, IReadOnlyList<int> rows) =>
        Solve(Moments(data, rows).Covariance, new double[data.ColumnCount]).LogDeterminant;

    public static double SquaredDistance(ReadOnlySpan<float> row, double[] mean, double[,] covariance)
    {
        var centred = new double[mean.Length];
        for (int j = 0; j < mean.Length; j++)
            centred[j] = row[j] - mean[j];
        double[] solved = Solve(covariance, centred).Solution;
        return centred.Zip(solved, (left, right) => left * right).Sum();
    }

    public static int[] Rows(ReadOnlySpan<bool> support)
    {
        var rows = new List<int>();
        for (int i = 0; i < support.Length; i++)
        {
            if (support[i])
                rows.Add(i);
        }

        return [.. rows];
    }
}
