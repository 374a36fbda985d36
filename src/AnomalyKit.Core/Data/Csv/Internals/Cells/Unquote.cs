namespace AnomalyKit.Csv;

/// <summary>Cells in which a space stands before the quote: <c>1, "2"</c>.</summary>
/// <remarks>There a quote opens no quoted cell, and the parser hands it out as a part of the text.</remarks>
internal static class Unquote
{
    /// <summary>The text without surrounding spaces and, where one of them stood before the opening quote, without its quotes.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        var bare = text.Trim();
        return bare.Length >= 2 && bare.Length < text.Length && bare[0] == '"' && bare[^1] == '"' && text[0] != '"' ? bare[1..^1] : bare;
    }

    /// <summary>Whether the text starts with a space and a quote, but does not end with one: a quoted cell that was cut at a
    /// delimiter.</summary>
    public static bool IsCut(ReadOnlySpan<char> text)
    {
        var bare = text.Trim();
        return bare.Length < text.Length && bare.Length >= 1 && bare[0] == '"' && text[0] != '"' && (bare.Length == 1 || bare[^1] != '"');
    }
}
