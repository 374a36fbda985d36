using System.Globalization;

namespace AnomalyKit;

/// <summary>A kernel with its parameters: what a one-class SVM takes for the similarity of two rows.</summary>
public sealed record SvmKernel
{
    private SvmKernel(SvmKernelKind kind, KernelGamma gamma, int degree, double coef0)
    {
        ArgumentNullException.ThrowIfNull(gamma);
        if (degree is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "The degree must lie between 1 and 100.");
        if (!double.IsFinite((float)coef0))
            throw new ArgumentOutOfRangeException(nameof(coef0), coef0, "The constant term must be a finite float32 number.");
        Kind = kind;
        Gamma = gamma;
        Degree = degree;
        Coef0 = coef0;
    }

    /// <summary>Which kernel it is.</summary>
    public SvmKernelKind Kind { get; }

    /// <summary>γ, the factor of products and squared distances; the linear kernel has none.</summary>
    public KernelGamma Gamma { get; }

    /// <summary>The degree of the polynomial kernel.</summary>
    public int Degree { get; }

    /// <summary>c₀, the constant term of the polynomial and the sigmoid kernel.</summary>
    public double Coef0 { get; }

    /// <summary>The radial basis function exp(−γ |x − y|²).</summary>
    /// <param name="gamma">γ; a number is taken as it is, nothing means <see cref="KernelGamma.OverVariance"/>.</param>
    /// <returns>The kernel.</returns>
    public static SvmKernel Rbf(KernelGamma? gamma = null) => new(SvmKernelKind.Rbf, gamma ?? KernelGamma.OverVariance, 3, 0);

    /// <summary>The scalar product x · y.</summary>
    /// <returns>The kernel.</returns>
    public static SvmKernel Linear() => new(SvmKernelKind.Linear, 1.0, 3, 0);

    /// <summary>The polynomial (γ x · y + c₀)^degree.</summary>
    /// <param name="degree">From 1 to 100; 3 is usual.</param>
    /// <param name="gamma">γ; nothing means <see cref="KernelGamma.OverVariance"/>.</param>
    /// <param name="coef0">c₀; 0 is LIBSVM's default.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degree or the constant is out of range.</exception>
    public static SvmKernel Polynomial(int degree = 3, KernelGamma? gamma = null, double coef0 = 0) =>
        new(SvmKernelKind.Polynomial, gamma ?? KernelGamma.OverVariance, degree, coef0);

    /// <summary>The hyperbolic tangent tanh(γ x · y + c₀).</summary>
    /// <param name="gamma">γ; nothing means <see cref="KernelGamma.OverVariance"/>.</param>
    /// <param name="coef0">c₀; 0 is LIBSVM's default.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The constant is not finite.</exception>
    public static SvmKernel Sigmoid(KernelGamma? gamma = null, double coef0 = 0) =>
        new(SvmKernelKind.Sigmoid, gamma ?? KernelGamma.OverVariance, 3, coef0);

    /// <summary>The kernel with its parameters, for people.</summary>
    /// <returns>For example <c>rbf, gamma 0.1</c>.</returns>
    public override string ToString() => Kind switch
    {
        SvmKernelKind.Linear => "linear",
        SvmKernelKind.Rbf => $"rbf, gamma {Gamma}",
        SvmKernelKind.Polynomial => string.Create(CultureInfo.InvariantCulture, $"polynomial of degree {Degree}, gamma {Gamma}, coef0 {Coef0:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"sigmoid, gamma {Gamma}, coef0 {Coef0:R}"),
    };
}
