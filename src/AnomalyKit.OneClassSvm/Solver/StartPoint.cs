namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Coefficients to start from, given estimates of what all other rows' coefficients do to each row's gradient.</summary>
/// <remarks>
/// Were the others fixed, a row's best coefficient would be (ρ − gradient without itself) / K(x, x), within its bounds; ρ is where they sum up right. Where kernels are wide this
/// is one for the rows of lowest density and zero for the others; where they are narrow, nearly the same for all.
/// </remarks>
internal static class StartPoint
{
    /// <summary>Coefficients from 0 to 1 that sum up to a total.</summary>
    /// <param name="gradient">The estimated gradient of each row, its own part left out.</param>
    /// <param name="diagonal">K(x, x) of each row.</param>
    /// <param name="total">The sum, at most the number of rows.</param>
    public static double[] Clip(ReadOnlySpan<double> gradient, ReadOnlySpan<double> diagonal, double total)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int i = 0; i < gradient.Length; i++)
        {
            low = Math.Min(low, gradient[i]);
            high = Math.Max(high, gradient[i] + Curvature(diagonal[i]));
        }

        // With ρ at the low end no coefficient is positive, at the high end all are 1.
        for (int step = 0; step < 100 && low < high; step++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
                break;
            double sum = 0;
            for (int i = 0; i < gradient.Length; i++)
                sum += Math.Clamp((middle - gradient[i]) / Curvature(diagonal[i]), 0, 1);
            if (sum < total)
                low = middle;
            else
                high = middle;
        }

        var alpha = new double[gradient.Length];
        double rest = total;
        for (int i = 0; i < gradient.Length; i++)
        {
            alpha[i] = Math.Clamp((low - gradient[i]) / Curvature(diagonal[i]), 0, 1);
            rest -= alpha[i];
        }

        // What rounding and ties left over goes to whoever has room, those between their bounds first.
        for (int pass = 0; pass < 2 && rest != 0; pass++)
        {
            for (int i = 0; i < alpha.Length && rest != 0; i++)
            {
                if (pass == 0 && alpha[i] is 0 or 1)
                    continue;
                double changed = Math.Clamp(alpha[i] + rest, 0, 1);
                rest -= changed - alpha[i];
                alpha[i] = changed;
            }
        }

        return alpha;
    }

    private static double Curvature(double diagonal) => diagonal > 1e-9 ? diagonal : 1e-9;
}
