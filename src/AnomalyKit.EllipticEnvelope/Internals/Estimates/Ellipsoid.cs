using AnomalyKit.Affine;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>A location and a covariance, whose triangular factor is kept relative to that of all rows: covariance = L₀ M Mᵀ L₀ᵀ.</summary>
internal sealed class Ellipsoid
{
    private readonly ClassicalEstimate _classical;
    private AffineMap? _map;

    private Ellipsoid(ClassicalEstimate classical, double[] location, double[] relativeFactor, double shrinkage, int dimension)
    {
        _classical = classical;
        Location = location;
        RelativeFactor = relativeFactor;
        Shrinkage = shrinkage;
        Dimension = dimension;
        LogDeterminant = classical.LogDeterminant;
        for (int i = 0; i < classical.Rank; i++)
            LogDeterminant += 2 * Math.Log(relativeFactor[(i * classical.Rank) + i]);
    }

    /// <summary>One number an input column.</summary>
    public double[] Location { get; }

    /// <summary>M, lower triangular, row-major.</summary>
    public double[] RelativeFactor { get; }

    /// <summary>The logarithm of the covariance's determinant, after shrinkage.</summary>
    public double LogDeterminant { get; }

    /// <summary>ρ of <see cref="Regularisation"/>: zero unless the fit is exact.</summary>
    public double Shrinkage { get; }

    /// <summary>The dimension of the subspace that the rows lie on.</summary>
    public int Dimension { get; }

    public ClassicalEstimate Classical => _classical;

    /// <summary>The map under which squared lengths are squared Mahalanobis distances.</summary>
    public AffineMap Map
    {
        get
        {
            if (_map is null)
            {
                int rank = _classical.Rank;
                double[] inverse = Cholesky.Multiply(Cholesky.Invert(RelativeFactor, rank, rank), _classical.InverseFactor, rank, rank);
                _map = _classical.MapOf(Location, inverse, rank);
            }

            return _map;
        }
    }

    /// <summary>Mean and covariance of all rows.</summary>
    public static Ellipsoid Of(ClassicalEstimate classical)
    {
        var factor = new double[classical.Rank * classical.Rank];
        for (int i = 0; i < classical.Rank; i++)
            factor[(i * classical.Rank) + i] = 1;
        return new Ellipsoid(classical, classical.Mean, factor, 0, classical.Rank);
    }

    /// <summary>The mean and the covariance (divided by the count) of rows, from their scatter in this ellipsoid's map.</summary>
    public Ellipsoid From(Scatter scatter)
    {
        int rank = _classical.Rank;
        var mean = new double[rank];
        for (int i = 0; i < rank; i++)
            mean[i] = scatter.Sums[i] / scatter.Count;
        var covariance = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
                covariance[(i * rank) + j] = (scatter.Products[(i * scatter.Stride) + j] / scatter.Count) - (mean[i] * mean[j]);
        }

        var location = (double[])_classical.Mean.Clone();
        double[] shift = LowerTimes(_classical.Factor, LowerTimes(RelativeFactor, mean));
        for (int i = 0; i < rank; i++)
            location[_classical.Columns[i]] = Location[_classical.Columns[i]] + shift[i];

        double[] local = [.. covariance];
        if (Cholesky.TryFactor(local, rank, rank, 1e-13))
        {
            double[] factor = Cholesky.Multiply(RelativeFactor, local, rank, rank);
            double[] inverse = Cholesky.Invert(factor, rank, rank);
            // The product of the squared norms bounds the condition number from above.
            if (SquaredNorm(factor) * SquaredNorm(inverse) <= Regularisation.LargestCondition)
                return new Ellipsoid(_classical, location, factor, 0, rank);
        }

        return Regularised(location, covariance);
    }

    /// <summary>M Mᵀ.</summary>
    public double[] RelativeCovariance() => TimesOwnTranspose(RelativeFactor, _classical.Rank);

    /// <summary>The covariance in the columns' units, over <see cref="ClassicalEstimate.Columns"/>.</summary>
    public double[] Covariance() => TimesOwnTranspose(FullFactor(), _classical.Rank);

    /// <summary>L₀ M.</summary>
    public double[] FullFactor() => Cholesky.Multiply(_classical.Factor, RelativeFactor, _classical.Rank, _classical.Rank);

    private static double[] TimesOwnTranspose(double[] factor, int rank)
    {
        var product = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                    sum += factor[(i * rank) + k] * factor[(j * rank) + k];
                product[(i * rank) + j] = sum;
                product[(j * rank) + i] = sum;
            }
        }

        return product;
    }

    private static double[] LowerTimes(double[] lower, double[] vector)
    {
        int size = vector.Length;
        var product = new double[size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k <= i; k++)
                product[i] += lower[(i * size) + k] * vector[k];
        }

        return product;
    }

    private static double SquaredNorm(double[] matrix)
    {
        double sum = 0;
        foreach (double value in matrix)
            sum += value * value;
        return sum;
    }

    private Ellipsoid Regularised(double[] location, double[] local)
    {
        int rank = _classical.Rank;
        var relative = new double[rank * rank];
        var half = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < i; j++)
                local[(j * rank) + i] = local[(i * rank) + j];
        }

        for (int i = 0; i < rank; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                double weight = RelativeFactor[(i * rank) + k];
                for (int j = 0; j < rank; j++)
                    half[(i * rank) + j] += weight * local[(k * rank) + j];
            }
        }

        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                    sum += half[(i * rank) + k] * RelativeFactor[(j * rank) + k];
                relative[(i * rank) + j] = sum;
                relative[(j * rank) + i] = sum;
            }
        }

        double[] values = new SymmetricEigen(relative, rank).Values;
        double share = Regularisation.ShareOf(values, Regularisation.LargestCondition);
        double bound = Math.Max(values[0], 1 / Regularisation.LargestCondition) / Regularisation.LargestCondition;
        int dimension = values.Count(value => value > bound);
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
                relative[(i * rank) + j] = ((1 - share) * relative[(i * rank) + j]) + (i == j ? share : 0);
        }

        if (!Cholesky.TryFactor(relative, rank, rank, 0))
            throw new InvalidOperationException("The regularised covariance has no triangular factor.");
        return new Ellipsoid(_classical, location, relative, share, share > 0 ? dimension : rank);
    }
}
