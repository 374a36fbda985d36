using System.Text;

namespace AnomalyKit.Naming;

/// <summary>Names of parameters, metrics, tags, experiments and models: those that MLflow takes as well, so that every run can be brought there.</summary>
internal static class KeptNames
{
    public const int MaxLength = 250;

    /// <summary>The longest value of a parameter or tag.</summary>
    public const int MaxValueLength = 1 << 20;

    /// <summary>Why a name cannot be used, to follow "the name"; null where it can.</summary>
    public static string? ProblemOf(string? name) => name switch
    {
        null or "" => "is empty; give it at least one letter",
        { Length: > MaxLength } => $"has {name.Length} characters, and at most {MaxLength} are allowed",
        _ when OddCharacter(name) is { } odd => $"'{Printable(name)}' holds {odd}; letters, digits, spaces and _ - . / are allowed",
        _ when name.Split('/').Any(part => part is "" or "." or "..") => $"'{name}' has a part between slashes that is empty or only dots",
        _ => null,
    };

    /// <summary>Refuses a name that cannot be used.</summary>
    /// <param name="kind">What it names, for example <c>metric</c>.</param>
    /// <param name="name">The name.</param>
    public static void Check(string kind, string? name)
    {
        if (ProblemOf(name) is { } problem)
            throw new ArgumentException($"The name of a {kind} {problem}.", nameof(name));
    }

    /// <summary>Refuses a name of an experiment, run or model: any text of one line, but no slash or colon, which addresses are made of.</summary>
    public static void CheckTitle(string kind, string? name)
    {
        string? problem = name switch
        {
            null => "is missing",
            _ when string.IsNullOrWhiteSpace(name) => "is empty; give it at least one letter",
            { Length: > MaxLength } => $"has {name.Length} characters, and at most {MaxLength} are allowed",
            _ when name.Any(char.IsControl) => $"'{Printable(name)}' holds a control character",
            _ when kind == "model" && name.AsSpan().IndexOfAny("/:%") >= 0 => $"'{name}' holds a slash, colon or percent sign, which addresses are made of",
            _ => null,
        };
        if (problem is not null)
            throw new ArgumentException($"The name of a {kind} {problem}.", nameof(name));
    }

    /// <summary>Refuses a value that cannot be used.</summary>
    public static void CheckValue(string kind, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > MaxValueLength)
            throw new ArgumentException($"The value of the {kind} '{name}' has {value.Length:N0} characters, and at most {MaxValueLength:N0} are allowed. Log it as an artifact.", nameof(value));
    }

    private static string? OddCharacter(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '-' or '.' or '/' or ' '))
                return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
        }

        return null;
    }

    private static string Printable(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '\ufffd' : letter));
}
