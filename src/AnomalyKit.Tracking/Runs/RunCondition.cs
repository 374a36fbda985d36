using System.Globalization;
using AnomalyKit.Naming;

namespace AnomalyKit;

/// <summary>Something that must hold for a run, for example <c>metrics.average_precision &gt;= 0.4</c> or <c>params.TreeCount = '200'</c>.</summary>
/// <param name="Field">What is compared.</param>
/// <param name="Name">The name of the metric, parameter or tag.</param>
/// <param name="Comparison">How it is compared; parameters and tags only by equal and not equal.</param>
/// <param name="Value">What it is compared with; a number with a point for a metric.</param>
public sealed record RunCondition(RunField Field, string Name, ConditionComparison Comparison, string Value)
{
    private static readonly (string Text, ConditionComparison Comparison)[] Comparisons =
    [
        (">=", ConditionComparison.AtLeast), ("<=", ConditionComparison.AtMost), ("!=", ConditionComparison.NotEqual), (">", ConditionComparison.Above), ("<", ConditionComparison.Below), ("=", ConditionComparison.Equal),
    ];

    /// <summary>Reads a condition from text.</summary>
    /// <param name="text">
    /// <c>metrics.NAME</c>, <c>params.NAME</c> or <c>tags.NAME</c>, then one of <c>= != &gt; &gt;= &lt; &lt;=</c>, then the value. Quotes around the value and backticks around the name may be left out.
    /// </param>
    /// <returns>The condition.</returns>
    /// <exception cref="FormatException">It cannot be read; one line that says what was expected.</exception>
    public static RunCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.AsSpan().IndexOfAny("=!<>");
        var (sign, comparison) = at < 0 ? default : Comparisons.FirstOrDefault(pair => text.AsSpan(at).StartsWith(pair.Text, StringComparison.Ordinal));
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (sign is null || dot < 0 || dot > at)
            throw new FormatException($"The condition '{text}' cannot be read. Write for example metrics.average_precision >= 0.4, params.TreeCount = 200 or tags.detector = isolation-forest.");
        var field = text[..dot].Trim().ToLowerInvariant() switch
        {
            "metrics" or "metric" => RunField.Metric,
            "params" or "param" or "parameters" or "parameter" => RunField.Parameter,
            "tags" or "tag" => RunField.Tag,
            var other => throw new FormatException($"The condition '{text}' begins with '{other}'; metrics, params or tags was expected."),
        };
        string value = text[(at + sign.Length)..].Trim();
        if (value.Length > 1 && value[0] == value[^1] && value[0] is '\'' or '"')
            value = value[1..^1];
        string name = text[(dot + 1)..at].Trim();
        if (name.Length > 1 && name[0] == '`' && name[^1] == '`')
            name = name[1..^1];
        var condition = new RunCondition(field, name, comparison, value);
        return condition.Problem is { } problem ? throw new FormatException($"The condition '{text}' cannot be used: {problem}") : condition;
    }

    /// <summary>The condition as text that <see cref="Parse"/> reads, and MLflow too, as long as the value does not hold both kinds of quotes.</summary>
    /// <returns>For example <c>metrics.`average_precision` &gt;= 0.4</c>.</returns>
    public override string ToString() =>
        $"{Field switch { RunField.Metric => "metrics", RunField.Parameter => "params", _ => "tags" }}.`{Name}` {Sign} {(Field == RunField.Metric ? Value : FilterText.Quoted(Value) ?? $"'{Value}'")}";

    /// <summary>How the comparison is written.</summary>
    internal string Sign => Array.Find(Comparisons, pair => pair.Comparison == Comparison).Text;

    /// <summary>The number that a metric is compared with.</summary>
    internal double Number => double.Parse(Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Why it cannot be used; null where it can.</summary>
    internal string? Problem =>
        KeptNames.ProblemOf(Name) is { } problem ? $"the name {problem}."
        : Field == RunField.Metric && !(double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) ? $"'{Value}' is not a finite number, written like 0.4 with a point."
        : Field != RunField.Metric && Comparison is not (ConditionComparison.Equal or ConditionComparison.NotEqual) ? "parameters and tags are texts, which are compared by = and != only."
        : null;
}
