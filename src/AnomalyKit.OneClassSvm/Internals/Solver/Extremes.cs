using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>How far coefficients are from optimal: the greatest gradient of one that may fall over the least of one that may rise.</summary>
/// <param name="Least">The least gradient among coefficients below 1; +∞ where there are none.</param>
/// <param name="Greatest">The greatest gradient among coefficients above 0; −∞ where there are none.</param>
internal readonly record struct Extremes(double Least, double Greatest)
{
    /// <summary>The violation of the Karush-Kuhn-Tucker conditions; none where no pair can move.</summary>
    public double Violation => double.IsFinite(Least) && double.IsFinite(Greatest) ? Math.Max(0, Greatest - Least) : 0;

    /// <summary>About where the boundary is; where no coefficient may move one way, the end of the other.</summary>
    public double Middle => double.IsInfinity(Least) ? Greatest : double.IsInfinity(Greatest) ? Least : 0.5 * (Least + Greatest);

    /// <summary>Of coefficients up to 1, or up to bounds of their own.</summary>
    public static Extremes Of(ReadOnlySpan<double> alpha, ReadOnlySpan<double> gradient, double[]? bounds) =>
        bounds is null ? Of(alpha, gradient, default(UnitBounds)) : Of(alpha, gradient, new RowBounds(bounds));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Extremes Of<TBounds>(ReadOnlySpan<double> alpha, ReadOnlySpan<double> gradient, TBounds bounds)
        where TBounds : struct, IBounds
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        for (int i = 0; i < alpha.Length; i++)
        {
            double value = gradient[i];
            if (value < least && alpha[i] < bounds[i])
                least = value;
            if (value > greatest && alpha[i] > 0)
                greatest = value;
        }

        return new Extremes(least, greatest);
    }
}
