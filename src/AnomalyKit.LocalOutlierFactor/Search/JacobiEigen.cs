namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (C. G. J. Jacobi, 1846; G. H. Golub, C. F. Van Loan, section 8.5).</summary>
internal static class JacobiEigen
{
    private const int MostSweeps = 30;

    /// <summary>The orthonormal eigenvectors, one a row. The matrix is overwritten.</summary>
    public static double[] Vectors(double[] matrix, int size, CancellationToken cancellationToken)
    {
        var vectors = new double[size * size];
        for (int i = 0; i < size; i++)
            vectors[(i * size) + i] = 1;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0;
            double diagonal = 0;
            for (int i = 0; i < size; i++)
            {
                diagonal += matrix[(i * size) + i] * matrix[(i * size) + i];
                for (int j = 0; j < i; j++)
                    off += matrix[(i * size) + j] * matrix[(i * size) + j];
            }

            // Any rotation will do: this is far closer to the axes than the search needs.
            if (off <= 1e-16 * diagonal)
                break;
            for (int p = 0; p < size - 1; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, size, p, q);
            }
        }

        return vectors;
    }

    private static void Rotate(double[] matrix, double[] vectors, int size, int p, int q)
    {
        double off = matrix[(p * size) + q];
        if (off == 0)
            return;
        double theta = (matrix[(q * size) + q] - matrix[(p * size) + p]) / (2 * off);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((t * t) + 1);
        double sine = t * cosine;
        for (int i = 0; i < size; i++)
        {
            double ip = matrix[(i * size) + p];
            double iq = matrix[(i * size) + q];
            matrix[(i * size) + p] = (cosine * ip) - (sine * iq);
            matrix[(i * size) + q] = (sine * ip) + (cosine * iq);
        }

        RotateRows(matrix, size, p, q, cosine, sine);
        RotateRows(vectors, size, p, q, cosine, sine);
    }

    private static void RotateRows(double[] matrix, int size, int p, int q, double cosine, double sine)
    {
        var first = matrix.AsSpan(p * size, size);
        var second = matrix.AsSpan(q * size, size);
        for (int i = 0; i < size; i++)
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
    }
}
