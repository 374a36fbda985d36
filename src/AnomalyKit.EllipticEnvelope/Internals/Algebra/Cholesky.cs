using System.Numerics.Tensors;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Triangular factors of small symmetric matrices in double. Matrices are row-major with rows of a given stride; only lower triangles are read.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of a positive definite matrix by L with L Lᵀ = the matrix, and clears the upper one.</summary>
    /// <returns>Whether every pivot exceeded <paramref name="smallestPivot"/> times its diagonal element; if not, the matrix is spoiled.</returns>
    public static bool TryFactor(Span<double> matrix, int size, int stride, double smallestPivot)
    {
        for (int j = 0; j < size; j++)
        {
            var row = matrix.Slice(j * stride, size);
            double diagonal = row[j];
            double pivot = diagonal;
            for (int k = 0; k < j; k++)
                pivot -= row[k] * row[k];
            if (!(pivot > smallestPivot * diagonal) || !double.IsFinite(pivot))
                return false;
            double root = Math.Sqrt(pivot);
            row[j] = root;
            row[(j + 1)..].Clear();
            for (int i = j + 1; i < size; i++)
            {
                var other = matrix.Slice(i * stride, size);
                double sum = other[j];
                for (int k = 0; k < j; k++)
                    sum -= other[k] * row[k];
                other[j] = sum / root;
            }
        }

        return true;
    }

    /// <summary>The inverse of a lower triangular matrix.</summary>
    public static double[] Invert(ReadOnlySpan<double> lower, int size, int stride)
    {
        var inverse = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            var row = lower.Slice(i * stride, i + 1);
            var target = inverse.AsSpan(i * size, size);
            // Row i of the inverse is −(1 / Lii) · Σ Lik · (row k of the inverse), k < i: sums over whole rows.
            for (int k = 0; k < i; k++)
            {
                double factor = row[k];
                AddMultiple(inverse.AsSpan(k * size, k + 1), -factor, target);
            }

            double reciprocal = 1 / row[i];
            for (int j = 0; j < i; j++)
                target[j] *= reciprocal;
            target[i] = reciprocal;
        }

        return inverse;
    }

    /// <summary>The product of two lower triangular matrices.</summary>
    public static double[] Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int size, int rightStride)
    {
        var product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            var target = product.AsSpan(i * size, size);
            for (int k = 0; k <= i; k++)
            {
                double factor = left[(i * size) + k];
                AddMultiple(right.Slice(k * rightStride, k + 1), factor, target);
            }
        }

        return product;
    }

    /// <summary>target += factor · source, each element rounded once, whatever the vector width.</summary>
    private static void AddMultiple(ReadOnlySpan<double> source, double factor, Span<double> target) =>
        TensorPrimitives.FusedMultiplyAdd(source, factor, target[..source.Length], target[..source.Length]);
}
