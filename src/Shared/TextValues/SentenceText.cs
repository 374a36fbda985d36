namespace AnomalyKit.TextValues;

/// <summary>Texts that begin in lower case, since they may follow a name, as sentences of their own.</summary>
internal static class SentenceText
{
    /// <summary>The text with a capital at its beginning.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
