using System.Globalization;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>How the kernel's γ is found: a number, or a rule over the training rows as the model sees them.</summary>
public abstract record KernelGamma
{
    private protected KernelGamma()
    {
    }

    /// <summary>How γ is written as text, for help texts and messages.</summary>
    /// <value>A number, <c>over-columns</c>, <c>over-variance</c> or <c>median-heuristic</c>.</value>
    public static IReadOnlyList<string> TextForms { get; } = ["NUMBER", "over-columns", "over-variance", "median-heuristic"];

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

    /// <summary>Reads γ.</summary>
    /// <param name="text">One of <see cref="TextForms"/>, for example <c>0.1</c> or <c>over-columns</c>. Case and dashes do not matter.</param>
    /// <returns>The number or the rule.</returns>
    /// <exception cref="FormatException">The text is none of the forms, or the number is out of range. The message is one line that says what can be written.</exception>
    public static KernelGamma Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number > 0 && double.IsFinite(number) ? new Number(number) : throw new FormatException($"The gamma '{text}' cannot be used: Gamma must be above 0 and finite.");
        return Array.Find([OverColumns, OverVariance, MedianHeuristic], rule => TextWords.AreSame(rule.ToText(), text))
            ?? throw new FormatException($"There is no gamma '{text}'{Nearest.Hint(text, TextForms.Skip(1))} Write a number, or one of: {string.Join(", ", TextForms.Skip(1))}.");
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>0.1</c> or <c>over-variance</c>.</returns>
    public string ToText() => this == OverColumns ? "over-columns" : this == OverVariance ? "over-variance" : this == MedianHeuristic ? "median-heuristic" : ToString();

    internal sealed record Number(double Value) : KernelGamma
    {
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    internal sealed record Rule(string Name) : KernelGamma
    {
        public override string ToString() => Name;
    }
}
