using System.Text;

namespace AnomalyKit.Batch.Shell;

/// <summary>Texts as bash reads them back unchanged.</summary>
internal static class BashText
{
    /// <summary>A text as one word of a command.</summary>
    /// <remarks>Control characters are written as escapes, so that a word never breaks a line: sbatch looks for its own lines in a script, and refuses carriage returns.</remarks>
    public static string Quote(string text)
    {
        if (text.Length > 0 && text.All(IsPlain))
            return text;
        return text.Any(char.IsControl) ? QuoteEscaped(text) : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Texts as words.</summary>
    public static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string QuoteEscaped(string text)
    {
        var quoted = new StringBuilder("$'");
        foreach (char letter in text)
        {
            if (letter is '\'' or '\\')
                quoted.Append('\\').Append(letter);
            // Escapes of bash are bytes: what lies above ASCII stays as it is.
            else if (letter < ' ' || letter == '\u007f')
                quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
            else
                quoted.Append(letter);
        }

        return quoted.Append('\'').ToString();
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./,:+=".Contains(letter, StringComparison.Ordinal);
}
