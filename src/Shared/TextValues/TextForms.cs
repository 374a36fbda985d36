namespace AnomalyKit.TextValues;

/// <summary>All ways to write values of a kind.</summary>
/// <param name="kind">What they are called in messages, for example <c>threshold rule</c>.</param>
/// <param name="forms">The ways.</param>
internal sealed class TextForms<T>(string kind, params TextForm<T>[] forms)
{
    private const string Fractions = " A fraction is written like 0.01 or like 5/720.";

    /// <summary>How values are written.</summary>
    public IReadOnlyList<string> Usages { get; } = [.. forms.Select(form => form.Usage)];

    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">The text is none of the forms, or its arguments cannot be used; one line that says what can be written instead.</exception>
    public T Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string word = (colon < 0 ? text : text[..colon]).Trim();
        string[] arguments = colon < 0 ? [] : [.. text[(colon + 1)..].Split(',').Select(argument => argument.Trim())];
        var form = forms.FirstOrDefault(form => TextWords.AreSame(form.Word, word)) ?? throw new FormatException(
            $"There is no {kind} '{word}'{Nearest.Hint(word, forms.Select(form => form.Word))} Write one of: {string.Join(", ", Usages)}.{(Usages.Any(TakesFraction) ? Fractions : "")}");
        try
        {
            return form.Read(arguments);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            throw new FormatException($"The {kind} '{text}' cannot be used: {ProblemText.Of(problem)}{(TakesFraction(form.Usage) ? Fractions : "")}", problem);
        }
    }

    private static bool TakesFraction(string usage) => usage.Contains("FRACTION", StringComparison.Ordinal) || usage.Contains("RATE", StringComparison.Ordinal);
}
