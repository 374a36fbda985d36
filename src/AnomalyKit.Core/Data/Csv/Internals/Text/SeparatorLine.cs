namespace AnomalyKit.Csv;

/// <summary>The line <c>sep=;</c> that Excel writes and reads at the top of a file.</summary>
internal static class SeparatorLine
{
    /// <summary>The longest such line: quoted, with CRLF.</summary>
    public const int LongestChars = 9;

    /// <summary>Recognizes the line at the start of a text.</summary>
    /// <param name="text">The first characters of the file, <see cref="LongestChars"/> or all there are.</param>
    /// <param name="delimiter">The delimiter that it names.</param>
    /// <returns>The length of the line, its end included, or 0 if the text does not start with one.</returns>
    public static int Find(ReadOnlySpan<char> text, out char delimiter)
    {
        delimiter = '\0';
        bool quoted = text.StartsWith("\"");
        var rest = quoted ? text[1..] : text;
        if (!rest.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || rest.Length < 5 || !CsvOptions.CanDelimit(rest[4]))
            return 0;
        delimiter = rest[4];
        rest = rest[5..];
        if (quoted)
        {
            if (!rest.StartsWith("\""))
                return 0;
            rest = rest[1..];
        }

        int lineEnd = rest.StartsWith("\r\n") ? 2 : rest.Length > 0 && rest[0] is '\r' or '\n' ? 1 : 0;
        return lineEnd == 0 && rest.Length > 0 ? 0 : text.Length - rest.Length + lineEnd;
    }
}
