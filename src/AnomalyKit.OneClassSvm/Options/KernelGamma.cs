using System.Globalization;

namespace AnomalyKit;

/// <summary>How the kernel's γ is found: a number, or a rule over the training rows as the model sees them.</summary>
public abstract record KernelGamma
{
    private protected KernelGamma()
    {
    }

    /// <summary>1 / d for d columns: LIBSVM's default, scikit-learn's <c>auto</c>. For columns of unit spread.</summary>
    public static KernelGamma OverColumns { get; } = new Rule("1 / columns");

    /// <summary>1 / (d · v) for d columns whose cells, taken all together, have the population variance v: scikit-learn's <c>scale</c>. 1 / d where v is zero.</summary>
    public static KernelGamma OverVariance { get; } = new Rule("1 / (columns * variance)");

    /// <summary>
    /// 1 / m, where m is the median squared distance of 10,000 pairs of rows, drawn with a fixed seed (B. Caputo et al., 2002; A. Gretton et al., JMLR 13, 2012): the
    /// kernel of a typical pair is 1/e. Pairs of equal rows are left out; 1 / d where no others were met.
    /// </summary>
    public static KernelGamma MedianHeuristic { get; } = new Rule("1 / median squared distance");

    /// <summary>A number.</summary>
    /// <param name="gamma">Above 0, finite.</param>
    /// <returns>γ as given.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0 and finite.</exception>
    public static KernelGamma Fixed(double gamma) => gamma > 0 && double.IsFinite(gamma)
        ? new Number(gamma)
        : throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Gamma must be above 0 and finite.");

    /// <summary>A number.</summary>
    /// <param name="gamma">Above 0, finite.</param>
    /// <returns>γ as given.</returns>
    public static implicit operator KernelGamma(double gamma) => Fixed(gamma);

    /// <inheritdoc cref="Fixed"/>
    public static KernelGamma FromDouble(double gamma) => Fixed(gamma);

    internal sealed record Number(double Value) : KernelGamma
    {
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    internal sealed record Rule(string Name) : KernelGamma
    {
        public override string ToString() => Name;
    }
}
