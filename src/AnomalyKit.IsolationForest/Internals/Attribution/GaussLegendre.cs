namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Quadrature on [0, 1]: with n points the integrals of polynomials of degree 2n − 1 and below are exact.</summary>
/// <remarks>Points are zeros of Legendre's polynomial, found by Newton's method from Tricomi's approximation; W. H. Press et al., <i>Numerical Recipes</i>, 3rd edition, section 4.6.1.</remarks>
internal sealed class GaussLegendre
{
    private const int MaxSteps = 100;

    /// <param name="count">The number of points, at least 1.</param>
    public GaussLegendre(int count)
    {
        Points = new double[count];
        Weights = new double[count];
        for (int i = 0; i < (count + 1) / 2; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 0;
            for (int step = 0; step < MaxSteps; step++)
            {
                (double value, slope) = Legendre(count, x);
                double next = x - (value / slope);
                if (Math.Abs(next - x) <= 1e-15)
                    break;
                x = next;
            }

            // From [−1, 1] to [0, 1]: half of everything.
            double weight = 1 / ((1 - (x * x)) * slope * slope);
            (Points[i], Points[count - 1 - i]) = ((1 - x) / 2, (1 + x) / 2);
            (Weights[i], Weights[count - 1 - i]) = (weight, weight);
        }
    }

    /// <summary>Where to look, ascending, all within (0, 1).</summary>
    public double[] Points { get; }

    /// <summary>What each point counts; the sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>Legendre's polynomial of a degree, and its derivative.</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 0;
        double value = 1;
        for (int k = 1; k <= degree; k++)
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
