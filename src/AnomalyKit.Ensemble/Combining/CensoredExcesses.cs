namespace AnomalyKit.Ensemble;

/// <summary>Excesses over a bound, of which some are only known to exceed an end, and the generalised Pareto distribution that makes them likeliest.</summary>
/// <param name="excesses">Those up to the end.</param>
/// <param name="weights">How often each counts.</param>
/// <param name="end">Above 0.</param>
/// <param name="known">The sum of the weights.</param>
/// <param name="censored">How many more there are beyond the end.</param>
internal sealed class CensoredExcesses(double[] excesses, double[] weights, double end, double known, double censored)
{
    private const double Widest = 7;
    private const double Step = 0.25;
    private const int Halvings = 30;

    /// <summary>The likeliest shape at or above 0.</summary>
    /// <remarks>For each ratio of shape to spread the likeliest shape has a closed form (R. L. Smith, J. A. Grimshaw), with censored values as without: one number is searched for.</remarks>
    public double LikeliestShape()
    {
        double ratio = Math.Exp(Best(t => ProfileAt(Math.Exp(t) / end))) / end;
        return ShapeAt(ratio);
    }

    /// <summary>The likeliest spread for a shape above 0.</summary>
    public double LikeliestSpread(double shape) => end * Math.Exp(Best(t => At(shape, end * Math.Exp(t))));

    private double ShapeAt(double ratio) => (Logarithms(ratio) + (censored * Math.Log(1 + (ratio * end)))) / known;

    private double ProfileAt(double ratio) => (known * Math.Log(ratio / ShapeAt(ratio))) - Logarithms(ratio);

    private double At(double shape, double spread) =>
        -(known * Math.Log(spread)) - ((1 + (1 / shape)) * Logarithms(shape / spread)) - (censored / shape * Math.Log(1 + (shape * end / spread)));

    private double Logarithms(double ratio)
    {
        double sum = 0;
        for (int i = 0; i < excesses.Length; i++)
            sum += weights[i] * Math.Log(1 + (ratio * excesses[i]));
        return sum;
    }

    /// <summary>The greatest value of a function between −<see cref="Widest"/> and <see cref="Widest"/>: on a grid, then by golden sections (J. Kiefer 1953).</summary>
    private static double Best(Func<double, double> function)
    {
        double best = -Widest;
        double greatest = double.NegativeInfinity;
        for (double t = -Widest; t <= Widest; t += Step)
        {
            if (function(t) is var value && value > greatest)
                (best, greatest) = (t, value);
        }

        double golden = (Math.Sqrt(5) - 1) / 2;
        double from = best - Step;
        double to = best + Step;
        for (int i = 0; i < Halvings; i++)
        {
            double left = to - (golden * (to - from));
            double right = from + (golden * (to - from));
            if (function(left) >= function(right))
                to = right;
            else
                from = left;
        }

        return (from + to) / 2;
    }
}
