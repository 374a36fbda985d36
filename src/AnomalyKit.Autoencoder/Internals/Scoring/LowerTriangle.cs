namespace AnomalyKit.Autoencoder;

/// <summary>Cholesky factors, in double.</summary>
internal static class LowerTriangle
{
    /// <summary>Turns the lower triangle of a positive definite matrix into its factor L, with L Lᵀ the matrix; what is above the diagonal becomes zero.</summary>
    /// <param name="matrix">Row-major; overwritten. A pivot that rounding makes too small is replaced by 10⁻¹⁰ of its diagonal element.</param>
    /// <param name="size">Rows and columns.</param>
    public static void Factor(double[] matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            double diagonal = row[i];
            for (int j = 0; j <= i; j++)
            {
                var other = matrix.AsSpan(j * size, size);
                double sum = row[j];
                for (int k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                row[j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-10 * diagonal)) : sum / other[j];
            }

            row[(i + 1)..].Clear();
        }
    }

    /// <summary>The inverse of a lower triangular matrix with a positive diagonal.</summary>
    public static double[] Invert(double[] factor, int size)
    {
        var inverse = new double[factor.Length];
        for (int i = 0; i < size; i++)
        {
            var row = inverse.AsSpan(i * size, size);
            for (int k = 0; k < i; k++)
            {
                double weight = factor[(i * size) + k];
                var above = inverse.AsSpan(k * size, k + 1);
                for (int j = 0; j <= k; j++)
                    row[j] -= weight * above[j];
            }

            double scale = 1 / factor[(i * size) + i];
            for (int j = 0; j < i; j++)
                row[j] *= scale;
            row[i] = scale;
        }

        return inverse;
    }
}
