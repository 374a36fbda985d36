using AnomalyKit.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Axes along which rows differ most.</summary>
/// <remarks>
/// Principal components of standardized columns would not turn anything; the eigenvectors of the spatial-sign covariance of row differences, Σ eeᵀ/|e|² over random
/// pairs, do (S. Visuri, V. Koivunen, H. Oja, <i>Sign and rank covariance matrices</i>, JSPI 91, 2000). They serve to filter: how they are rounded changes no result.
/// </remarks>
internal static class SignAxes
{
    private const int Pairs = 20_000;

    /// <summary>The orthonormal axes, one after the other, each as long as there are columns.</summary>
    public static double[] Of(FeatureMatrix rows, int[] points, CancellationToken cancellationToken)
    {
        int columns = rows.ColumnCount;
        var random = new CounterRandom(0, (ulong)points.Length);
        var covariance = new double[columns * columns];
        var difference = new double[columns];
        for (int pair = 0; pair < Pairs; pair++)
        {
            if (pair % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var left = rows.Cells(points[random.NextInt32(points.Length)]);
            var right = rows.Cells(points[random.NextInt32(points.Length)]);
            double largest = 0;
            for (int i = 0; i < columns; i++)
            {
                difference[i] = (double)left[i] - right[i];
                largest = Math.Max(largest, Math.Abs(difference[i]));
            }

            if (largest == 0)
                continue;
            double squares = 0;
            for (int i = 0; i < columns; i++)
                squares += difference[i] / largest * (difference[i] / largest);
            double factor = 1 / (largest * Math.Sqrt(squares));
            for (int i = 0; i < columns; i++)
                difference[i] *= factor;
            for (int i = 0; i < columns; i++)
            {
                double weight = difference[i];
                var target = covariance.AsSpan(i * columns, columns);
                for (int j = 0; j < target.Length; j++)
                    target[j] += weight * difference[j];
            }
        }

        // Symmetric, and column-major as it is row-major; its eigenvectors come as columns, so one after the other.
        cancellationToken.ThrowIfCancellationRequested();
        return new DenseMatrix(columns, columns, covariance).Evd(Symmetricity.Symmetric).EigenVectors.ToColumnMajorArray();
    }
}
