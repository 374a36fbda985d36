namespace AnomalyKit.Architecture.Tests;

/// <summary>Words that a public name does not use.</summary>
/// <param name="Pattern">The words; <c>Most…</c> stands for names that begin so and go on, <c>…Share</c> for names that end so, others for names that hold them anywhere.</param>
/// <param name="Instead">What to write.</param>
/// <param name="Exceptions">Names that may use them, whole or, with <c>…</c> behind, by their beginning.</param>
internal sealed record BannedWord(string Pattern, string Instead, IReadOnlyList<string> Exceptions)
{
    public bool Hits(string name)
    {
        if (Exceptions.Any(exception => exception.EndsWith('…') ? name.StartsWith(exception[..^1], StringComparison.OrdinalIgnoreCase) : name.Equals(exception, StringComparison.OrdinalIgnoreCase)))
            return false;
        string[] words = Vocabulary.Words(name);
        string[] banned = Vocabulary.Words(Pattern);
        if (Pattern.EndsWith('…'))
            return words.Length > banned.Length && words.AsSpan(0, banned.Length).SequenceEqual(banned);
        if (Pattern.StartsWith('…'))
            return words.Length > banned.Length && words.AsSpan(words.Length - banned.Length).SequenceEqual(banned);
        return Enumerable.Range(0, Math.Max(0, words.Length - banned.Length + 1)).Any(at => words.AsSpan(at, banned.Length).SequenceEqual(banned));
    }
}
