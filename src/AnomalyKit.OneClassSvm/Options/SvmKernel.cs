using System.Globalization;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>A kernel with its parameters: what a one-class SVM takes for the similarity of two rows.</summary>
public sealed record SvmKernel
{
    private static readonly TextForms<SvmKernel> Texts = new(
        "kernel",
        new("rbf[:GAMMA]", given => Rbf(GammaOf(given, 0))),
        new("linear", _ => Linear()),
        new("polynomial[:DEGREE[,GAMMA[,COEF0]]]", given => Polynomial(given.Int32(0, 3), GammaOf(given, 1), given.Number(2, 0))),
        new("sigmoid[:GAMMA[,COEF0]]", given => Sigmoid(GammaOf(given, 0), given.Number(1, 0))));

    /// <summary>How kernels are written as text, for help texts and messages.</summary>
    /// <value>For example <c>rbf[:GAMMA]</c>; GAMMA is a number, <c>over-columns</c>, <c>over-variance</c> or <c>median-heuristic</c>.</value>
    public static IReadOnlyList<string> TextForms => Texts.Usages;

    /// <summary>Reads a kernel.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>rbf:0.1</c>. Case and dashes do not matter.</param>
    /// <returns>The kernel with its parameters.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or a number is out of range. The message is one line that says what can be written.</exception>
    public static SvmKernel Parse(string text) => Texts.Read(text);

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

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>rbf:over-variance</c>.</returns>
    public string ToText() => Kind switch
    {
        SvmKernelKind.Linear => "linear",
        SvmKernelKind.Rbf => $"rbf:{Gamma.ToText()}",
        SvmKernelKind.Polynomial => string.Create(CultureInfo.InvariantCulture, $"polynomial:{Degree},{Gamma.ToText()},{Coef0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"sigmoid:{Gamma.ToText()},{Coef0}"),
    };

    /// <summary>The kernel with its parameters, for people.</summary>
    /// <returns>For example <c>rbf, gamma 0.1</c>.</returns>
    public override string ToString() => Kind switch
    {
        SvmKernelKind.Linear => "linear",
        SvmKernelKind.Rbf => $"rbf, gamma {Gamma}",
        SvmKernelKind.Polynomial => string.Create(CultureInfo.InvariantCulture, $"polynomial of degree {Degree}, gamma {Gamma}, coef0 {Coef0:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"sigmoid, gamma {Gamma}, coef0 {Coef0:R}"),
    };

    private static KernelGamma? GammaOf(TextArguments given, int index) => given.Text(index) is { } text ? KernelGamma.Parse(text) : null;
}
