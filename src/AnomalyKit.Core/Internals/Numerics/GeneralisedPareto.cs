namespace AnomalyKit.Numerics;

/// <summary>The generalised Pareto distribution of excesses over a high bound: P(X > x) = (1 + ξ x / σ)^(−1/ξ).</summary>
/// <remarks>J. Pickands, <i>Statistical Inference Using Extreme Order Statistics</i>, Annals of Statistics 3, 1975.</remarks>
/// <param name="Shape">ξ: above 0 for heavy tails, 0 for exponential ones, below 0 where values are bounded.</param>
/// <param name="Scale">σ, above 0; 0 where there were no excesses to fit.</param>
internal readonly record struct GeneralisedPareto(double Shape, double Scale)
{
    /// <summary>P(X > x) for an excess x ≥ 0.</summary>
    public static double Tail(double excess, double shape, double scale)
    {
        if (excess <= 0)
            return 1;
        if (Math.Abs(shape) < 1e-9)
            return Math.Exp(-excess / scale);
        double growth = 1 + (shape * excess / scale);
        return growth > 0 ? Math.Pow(growth, -1 / shape) : 0;
    }

    /// <summary>The excess that is exceeded with a probability.</summary>
    public double Quantile(double probability) => Math.Abs(Shape) < 1e-9
        ? -Scale * Math.Log(probability)
        : Scale / Shape * (Math.Pow(probability, -Shape) - 1);

    /// <summary>Fits the distribution: posterior mean under a data-dependent prior.</summary>
    /// <param name="sorted">Values above the bound, ascending.</param>
    /// <param name="bound">The bound.</param>
    /// <remarks>
    /// J. Zhang, M. A. Stephens, <i>A New and Efficient Estimation Method for the Generalized Pareto Distribution</i>, Technometrics 51, 2009: efficient for
    /// any shape, and always defined.
    /// </remarks>
    public static GeneralisedPareto Fit(ReadOnlySpan<float> sorted, double bound) => Fit(new Excesses(sorted, bound));

    /// <summary>Fits the distribution to the values above the bound, each of which counts a number of times.</summary>
    public static GeneralisedPareto Fit(WeightedScores scores, double bound) => Fit(new WeightedExcesses(scores, bound));

    /// <summary>Fits a distribution without an upper end: where the fitted shape is below 0, the exponential distribution of the same mean.</summary>
    /// <param name="sorted">Values above the bound, ascending.</param>
    /// <param name="bound">The bound.</param>
    /// <returns>A shape of 0 or more. The greatest value is exceeded with a probability of at most 1/e.</returns>
    public static GeneralisedPareto FitUnbounded(ReadOnlySpan<float> sorted, double bound) => FitUnbounded(new Excesses(sorted, bound));

    /// <summary>The same of values each of which counts a number of times.</summary>
    public static GeneralisedPareto FitUnbounded(WeightedScores scores, double bound) => FitUnbounded(new WeightedExcesses(scores, bound));

    // The scale that belongs to a shape below 0 is greater than the mean: with a shape of 0 it would make high values too likely.
    private static GeneralisedPareto FitUnbounded<TExcesses>(TExcesses excesses)
        where TExcesses : IExcesses, allows ref struct
        => Fit(excesses) is { Shape: >= 0 } fitted ? fitted : new GeneralisedPareto(0, excesses.Mean());

    private static GeneralisedPareto Fit<TExcesses>(TExcesses excesses)
        where TExcesses : IExcesses, allows ref struct
    {
        double count = excesses.Count;
        double largest = count > 0 ? excesses.Greatest : 0;
        if (!(largest > 0))
            return new GeneralisedPareto(0, 0);
        double quartile = excesses.At(Math.Max(Math.Floor((count / 4.0) + 0.5) - 1, 0));
        int points = 20 + (int)Math.Sqrt(excesses.SearchedCount);
        var candidates = new double[points];
        var likelihoods = new double[points];
        for (int j = 0; j < points; j++)
        {
            candidates[j] = (1 / largest) + ((1 - Math.Sqrt(points / (j + 0.5))) / (3 * quartile));
            double shape = excesses.MeanLog(candidates[j]);
            likelihoods[j] = count * (Math.Log(-candidates[j] / shape) - shape - 1);
        }

        double weightSum = 0;
        double theta = 0;
        double most = likelihoods.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (int j = 0; j < points; j++)
        {
            // A candidate of exactly 0 is the exponential limit, whose likelihood the formula cannot tell.
            double weight = double.IsFinite(likelihoods[j]) ? Math.Exp(likelihoods[j] - most) : 0;
            weightSum += weight;
            theta += weight * candidates[j];
        }

        theta /= weightSum;
        double fitted = excesses.MeanLog(theta);
        double scale = -fitted / theta;
        return weightSum > 0 && scale > 0 && double.IsFinite(scale)
            ? new GeneralisedPareto(fitted, scale)
            : new GeneralisedPareto(0, excesses.Mean());
    }
}
