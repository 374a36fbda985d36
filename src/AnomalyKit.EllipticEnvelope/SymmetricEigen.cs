namespace AnomalyKit.EllipticEnvelope;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix.</summary>
/// <remarks>
/// Householder tridiagonalisation and QL iterations with implicit shifts (H. Bowdler, R. S. Martin, C. Reinsch, J. H. Wilkinson, <i>Numerische
/// Mathematik</i> 11, 1968; EISPACK's tred2 and tql2). Eigenvalues descend; each vector's largest component is positive, so that the result is unique.
/// </remarks>
internal sealed class SymmetricEigen
{
    private const int MostIterations = 60;

    /// <summary>Decomposes a row-major symmetric matrix.</summary>
    /// <remarks>The cost is that of some 5 · size³ multiplications, so that hundreds of columns take seconds: cancellation is looked for in every row of it.</remarks>
    public SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellationToken = default)
    {
        var vectors = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                vectors[i, j] = matrix[(i * size) + j];
        }

        var values = new double[size];
        var offDiagonal = new double[size];
        Tridiagonalise(vectors, values, offDiagonal, cancellationToken);
        Diagonalise(vectors, values, offDiagonal, cancellationToken);

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => values[i])];
        Values = [.. order.Select(i => values[i])];
        Vectors = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            int column = order[row];
            int largest = 0;
            for (int i = 1; i < size; i++)
            {
                if (Math.Abs(vectors[i, column]) > Math.Abs(vectors[largest, column]))
                    largest = i;
            }

            double sign = vectors[largest, column] < 0 ? -1 : 1;
            for (int i = 0; i < size; i++)
                Vectors[(row * size) + i] = sign * vectors[i, column];
        }
    }

    /// <summary>The eigenvalues, largest first.</summary>
    public double[] Values { get; }

    /// <summary>The unit eigenvectors, one a row, in the order of the values.</summary>
    public double[] Vectors { get; }

    private static void Tridiagonalise(double[,] v, double[] d, double[] e, CancellationToken cancellationToken)
    {
        int n = d.Length;
        for (int j = 0; j < n; j++)
            d[j] = v[n - 1, j];
        for (int i = n - 1; i > 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double scale = 0;
            double h = 0;
            for (int k = 0; k < i; k++)
                scale += Math.Abs(d[k]);
            if (scale == 0)
            {
                e[i] = d[i - 1];
                for (int j = 0; j < i; j++)
                {
                    d[j] = v[i - 1, j];
                    v[i, j] = 0;
                    v[j, i] = 0;
                }
            }
            else
            {
                for (int k = 0; k < i; k++)
                {
                    d[k] /= scale;
                    h += d[k] * d[k];
                }

                double f = d[i - 1];
                double g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
                e[i] = scale * g;
                h -= f * g;
                d[i - 1] = f - g;
                for (int j = 0; j < i; j++)
                    e[j] = 0;
                for (int j = 0; j < i; j++)
                {
                    f = d[j];
                    v[j, i] = f;
                    g = e[j] + (v[j, j] * f);
                    for (int k = j + 1; k <= i - 1; k++)
                    {
                        g += v[k, j] * d[k];
                        e[k] += v[k, j] * f;
                    }

                    e[j] = g;
                }

                f = 0;
                for (int j = 0; j < i; j++)
                {
                    e[j] /= h;
                    f += e[j] * d[j];
                }

                double hh = f / (h + h);
                for (int j = 0; j < i; j++)
                    e[j] -= hh * d[j];
                for (int j = 0; j < i; j++)
                {
                    f = d[j];
                    g = e[j];
                    for (int k = j; k <= i - 1; k++)
                        v[k, j] -= (f * e[k]) + (g * d[k]);
                    d[j] = v[i - 1, j];
                    v[i, j] = 0;
                }
            }

            d[i] = h;
        }

        for (int i = 0; i < n - 1; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            v[n - 1, i] = v[i, i];
            v[i, i] = 1;
            double h = d[i + 1];
            if (h != 0)
            {
                for (int k = 0; k <= i; k++)
                    d[k] = v[k, i + 1] / h;
                for (int j = 0; j <= i; j++)
                {
                    double g = 0;
                    for (int k = 0; k <= i; k++)
                        g += v[k, i + 1] * v[k, j];
                    for (int k = 0; k <= i; k++)
                        v[k, j] -= g * d[k];
                }
            }

            for (int k = 0; k <= i; k++)
                v[k, i + 1] = 0;
        }

        for (int j = 0; j < n; j++)
        {
            d[j] = v[n - 1, j];
            v[n - 1, j] = 0;
        }

        v[n - 1, n - 1] = 1;
        e[0] = 0;
    }

    private static void Diagonalise(double[,] v, double[] d, double[] e, CancellationToken cancellationToken)
    {
        int n = d.Length;
        for (int i = 1; i < n; i++)
            e[i - 1] = e[i];
        e[n - 1] = 0;
        double shift = 0;
        double largest = 0;
        for (int l = 0; l < n; l++)
        {
            largest = Math.Max(largest, Math.Abs(d[l]) + Math.Abs(e[l]));
            int m = l;
            while (m < n - 1 && Math.Abs(e[m]) > double.Epsilon + (Math.BitIncrement(1.0) - 1) * largest)
                m++;
            for (int iteration = 0; m > l && iteration < MostIterations; iteration++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double g = d[l];
                double p = (d[l + 1] - g) / (2 * e[l]);
                double r = double.Hypot(p, 1);
                if (p < 0)
                    r = -r;
                d[l] = e[l] / (p + r);
                d[l + 1] = e[l] * (p + r);
                double dl1 = d[l + 1];
                double h = g - d[l];
                for (int i = l + 2; i < n; i++)
                    d[i] -= h;
                shift += h;
                p = d[m];
                double c = 1;
                double c2 = c;
                double c3 = c;
                double el1 = e[l + 1];
                double s = 0;
                double s2 = 0;
                for (int i = m - 1; i >= l; i--)
                {
                    c3 = c2;
                    c2 = c;
                    s2 = s;
                    g = c * e[i];
                    h = c * p;
                    r = double.Hypot(p, e[i]);
                    e[i + 1] = s * r;
                    s = e[i] / r;
                    c = p / r;
                    p = (c * d[i]) - (s * g);
                    d[i + 1] = h + (s * ((c * g) + (s * d[i])));
                    for (int k = 0; k < n; k++)
                    {
                        h = v[k, i + 1];
                        v[k, i + 1] = (s * v[k, i]) + (c * h);
                        v[k, i] = (c * v[k, i]) - (s * h);
                    }
                }

                p = -s * s2 * c3 * el1 * e[l] / dl1;
                e[l] = s * p;
                d[l] = c * p;
                if (Math.Abs(e[l]) <= (Math.BitIncrement(1.0) - 1) * largest)
                    break;
            }

            d[l] += shift;
            e[l] = 0;
        }
    }
}
