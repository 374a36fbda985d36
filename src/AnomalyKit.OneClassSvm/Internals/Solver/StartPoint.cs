using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Coefficients to start from, given estimates of what all other rows' coefficients do to each row's gradient.</summary>
/// <remarks>
/// Were the others fixed, a row's best coefficient would be (ρ − gradient without itself) / K(x, x), within its bounds; ρ is where they sum up right. Where kernels are wide this
/// is one for the rows of lowest density and zero for the others; where they are narrow, nearly the same for all.
/// </remarks>
internal static class StartPoint
{
    // Stands in for lesser values of K(x, x), for kernel values of about 1.
    private const double MinCurvature = 1e-9;

    /// <summary>Coefficients from 0 to 1, or to bounds of their own, that sum up to a total.</summary>
    /// <param name="gradient">The estimated gradient of each row, its own part left out.</param>
    /// <param name="diagonal">K(x, x) of each row.</param>
    /// <param name="total">The sum, at most the number of rows.</param>
    /// <param name="kernelUnit">The scale of kernel values, at most 1.</param>
    /// <param name="bounds">The greatest value of each coefficient, which is 1 where there are none; the total is at most their sum.</param>
    public static double[] Clip(ReadOnlySpan<double> gradient, ReadOnlySpan<double> diagonal, double total, double kernelUnit, double[]? bounds) => bounds is null
        ? Clip(gradient, diagonal, total, kernelUnit, default(UnitBounds))
        : Clip(gradient, diagonal, total, kernelUnit, new RowBounds(bounds));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Clip<TBounds>(ReadOnlySpan<double> gradient, ReadOnlySpan<double> diagonal, double total, double kernelUnit, TBounds bounds)
        where TBounds : struct, IBounds
    {
        double floor = MinCurvature * kernelUnit;
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int i = 0; i < gradient.Length; i++)
        {
            low = Math.Min(low, gradient[i]);
            high = Math.Max(high, gradient[i] + (Math.Max(diagonal[i], floor) * bounds[i]));
        }

        // With ρ at the low end no coefficient is positive, at the high end all are 1. The sum is linear between the ends of coefficients: a Newton step that
        // stays between the ends found so far is exact once it crosses none, and every third step halves, for the worst case.
        double rho = 0.5 * (low + high);
        for (int step = 1; step < 300 && rho > low && rho < high; step++)
        {
            double sum = 0;
            double slope = 0;
            for (int i = 0; i < gradient.Length; i++)
            {
                double curvature = Math.Max(diagonal[i], floor);
                double value = rho - gradient[i];
                if (value >= curvature * bounds[i])
                {
                    sum += bounds[i];
                }
                else if (value > 0)
                {
                    sum += value / curvature;
                    slope += 1 / curvature;
                }
            }

            if (Math.Abs(sum - total) <= 1e-12 * total)
                break;
            if (sum < total)
                low = rho;
            else
                high = rho;
            double newton = rho + ((total - sum) / slope);
            rho = step % 3 != 0 && newton > low && newton < high ? newton : 0.5 * (low + high);
        }

        var alpha = new double[gradient.Length];
        double rest = total;
        for (int i = 0; i < gradient.Length; i++)
        {
            alpha[i] = Math.Clamp((rho - gradient[i]) / Math.Max(diagonal[i], floor), 0, bounds[i]);
            rest -= alpha[i];
        }

        // What rounding and ties left over goes to whoever has room, those between their bounds first.
        for (int pass = 0; pass < 2 && rest != 0; pass++)
        {
            for (int i = 0; i < alpha.Length && rest != 0; i++)
            {
                if (pass == 0 && (alpha[i] == 0 || alpha[i] == bounds[i]))
                    continue;
                double changed = Math.Clamp(alpha[i] + rest, 0, bounds[i]);
                rest -= changed - alpha[i];
                alpha[i] = changed;
            }
        }

        return alpha;
    }
}
