using AnomalyKit.Affine;

namespace AnomalyKit.Autoencoder;

/// <summary>S⁻¹ / d, which a score multiplies errors with twice: a full matrix, or a diagonal one.</summary>
internal sealed class ErrorPrecision
{
    public ErrorPrecision(ErrorWhitening? whitening, int columns)
    {
        if (whitening is null or { IsDiagonal: true })
        {
            Diagonal = new double[columns];
            for (int j = 0; j < columns; j++)
                Diagonal[j] = (whitening is null ? 1 : (double)whitening.Matrix[j] * whitening.Matrix[j]) / columns;
            return;
        }

        // Wᵀ W, row k of W adding its products.
        var matrix = new double[columns * columns];
        for (int k = 0; k < columns; k++)
        {
            var row = whitening.Matrix.AsSpan(k * columns, k + 1);
            for (int i = 0; i <= k; i++)
            {
                for (int j = 0; j <= k; j++)
                    matrix[(i * columns) + j] += (double)row[i] * row[j] / columns;
            }
        }

        Map = new AffineMap(new double[columns], matrix, columns);
    }

    /// <summary>The diagonal; null where there is more.</summary>
    public double[]? Diagonal { get; }

    /// <summary>The matrix; null where it is diagonal.</summary>
    public AffineMap? Map { get; }
}
