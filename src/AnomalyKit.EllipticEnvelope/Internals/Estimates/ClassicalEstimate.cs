using AnomalyKit.Affine;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Mean and covariance of all rows, the columns that carry information of their own, and the triangular factor over these.</summary>
/// <remarks>
/// Columns are taken in order. One without spread is constant; one of which the columns before it explain all but rounding is collinear. Neither takes part
/// in distances: the covariance of the others is positive definite. Everything later is measured in units of this covariance, which makes it affine invariant.
/// </remarks>
internal sealed class ClassicalEstimate
{
    // What is left of a column's variance when the columns before it are known; below this it is rounding.
    private const double CollinearShare = 1e-12;

    // Cells are rounded to 24 bits: that much relative variance is noise.
    private const double RoundingVariance = 1.0 / (1L << 48);

    // Shrunk correlations have at most this condition number (K. Boudt, P. J. Rousseeuw, S. Vanduffel, T. Verdonck, 2020).
    private const double ShrunkCondition = 50;

    public ClassicalEstimate(ScatterPass pass)
    {
        var rows = pass.Rows;
        int columns = rows.ColumnCount;
        var moments = new ColumnMoments(rows, pass.Kernel, pass.Threads, pass.CancellationToken);
        Mean = moments.Mean;
        Deviation = moments.Deviation;
        ConstantColumns = [.. Enumerable.Range(0, columns).Where(j => !(Deviation[j] > 0))];
        int[] varying = [.. Enumerable.Range(0, columns).Where(j => Deviation[j] > 0)];

        double[] correlation = Correlation(pass, varying);
        if (pass.Total <= varying.Length + 1)
        {
            Shrinkage = Shrink(correlation, varying.Length, pass.CancellationToken);
            Columns = varying;
        }
        else
        {
            Columns = Independent(correlation, varying, pass.CancellationToken);
        }

        int rank = Columns.Length;
        var factor = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            int from = Array.IndexOf(varying, Columns[i]);
            for (int j = 0; j <= i; j++)
                factor[(i * rank) + j] = correlation[(from * varying.Length) + Array.IndexOf(varying, Columns[j])];
        }

        if (!Cholesky.TryFactor(factor, rank, rank, 0))
            throw new InvalidOperationException("The covariance of independent columns has no triangular factor.");
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
                factor[(i * rank) + j] *= Deviation[Columns[i]];
            LogDeterminant += 2 * Math.Log(factor[(i * rank) + i]);
        }

        Factor = factor;
        InverseFactor = Cholesky.Invert(factor, rank, rank);
    }

    public double[] Mean { get; }

    public double[] Deviation { get; }

    /// <summary>The columns that distances are made of.</summary>
    public int[] Columns { get; }

    public int Rank => Columns.Length;

    public int[] ConstantColumns { get; }

    public List<CollinearColumn> CollinearColumns { get; } = [];

    /// <summary>How far correlations were drawn towards zero because there are no more rows than columns; else 0.</summary>
    public double Shrinkage { get; }

    /// <summary>L over <see cref="Columns"/>, row-major: L Lᵀ is the covariance of all rows.</summary>
    public double[] Factor { get; }

    public double[] InverseFactor { get; }

    public double LogDeterminant { get; }

    /// <summary>Spreads a matrix over <see cref="Columns"/> to all columns, with zeros elsewhere.</summary>
    public AffineMap MapOf(ReadOnlySpan<double> location, ReadOnlySpan<double> matrix, int outputs)
    {
        var spread = new double[outputs * Mean.Length];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < Rank; j++)
                spread[(i * Mean.Length) + Columns[j]] = matrix[(i * Rank) + j];
        }

        return new AffineMap(location, spread, outputs);
    }

    private static double Shrink(double[] correlation, int size, CancellationToken cancellationToken)
    {
        if (size == 0)
            return 0;
        double share = Regularisation.ShareOf(new SymmetricEigen(correlation, size, cancellationToken).Values, ShrunkCondition);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                correlation[(i * size) + j] = ((1 - share) * correlation[(i * size) + j]) + (i == j ? share : 0);
        }

        return share;
    }

    private double[] Correlation(ScatterPass pass, int[] varying)
    {
        int size = varying.Length;
        var scale = new double[size * Mean.Length];
        for (int i = 0; i < size; i++)
            scale[(i * Mean.Length) + varying[i]] = 1 / Deviation[varying[i]];
        var scatter = pass.Run(new AffineMap(Mean, scale, size), double.PositiveInfinity, null);
        var correlation = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = (scatter.Products[(i * scatter.Stride) + j] / scatter.Count)
                    - (scatter.Sums[i] / scatter.Count * (scatter.Sums[j] / scatter.Count));
                correlation[(i * size) + j] = value;
                correlation[(j * size) + i] = value;
            }
        }

        return correlation;
    }

    /// <summary>Factors column by column and leaves out what the earlier ones explain.</summary>
    private int[] Independent(double[] correlation, int[] varying, CancellationToken cancellationToken)
    {
        int size = varying.Length;
        var kept = new List<int>();
        var factor = new double[size * size];
        var noise = new double[size];
        for (int i = 0; i < size; i++)
        {
            double ratio = Mean[varying[i]] / Deviation[varying[i]];
            noise[i] = RoundingVariance * (1 + (ratio * ratio));
        }

        for (int i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = factor.AsSpan(kept.Count * size, size);
            double left = correlation[(i * size) + i];
            for (int k = 0; k < kept.Count; k++)
            {
                double sum = correlation[(i * size) + kept[k]];
                for (int l = 0; l < k; l++)
                    sum -= row[l] * factor[(k * size) + l];
                row[k] = sum / factor[(k * size) + k];
                left -= row[k] * row[k];
            }

            double[] weights = Weights(factor, row, kept.Count, size);
            double rounding = noise[i];
            for (int k = 0; k < kept.Count; k++)
                rounding += weights[k] * weights[k] * noise[kept[k]];
            if (left > CollinearShare + (4 * rounding))
            {
                row[kept.Count] = Math.Sqrt(left);
                kept.Add(i);
                continue;
            }

            row.Clear();
            CollinearColumns.Add(new CollinearColumn(varying[i], [.. kept.Select(k => varying[k])], weights));
        }

        return [.. kept.Select(i => varying[i])];
    }

    /// <summary>The weights of the kept columns in the combination that comes nearest to a column: the solution of wᵀ L = row.</summary>
    private static double[] Weights(double[] factor, Span<double> row, int count, int size)
    {
        var weights = new double[count];
        for (int k = count - 1; k >= 0; k--)
        {
            double sum = row[k];
            for (int l = k + 1; l < count; l++)
                sum -= weights[l] * factor[(l * size) + k];
            weights[k] = sum / factor[(k * size) + k];
        }

        return weights;
    }
}
