namespace AnomalyKit.Csv;

/// <summary>A text, the start of which can be looked at before it is read.</summary>
internal sealed class HeadText : TextReader
{
    private const int HeadChars = 1 << 16;
    private const string Delimiters = ",\t;|";

    private readonly TextReader _inner;
    private readonly char[] _head = new char[HeadChars];
    private readonly int _end;
    private int _start;

    public HeadText(TextReader inner)
    {
        _inner = inner;
        _end = inner.ReadBlock(_head, 0, _head.Length);
    }

    /// <summary>The one of comma, tab, semicolon and vertical bar that occurs most often in the first line, outside of quotes.</summary>
    /// <param name="comment">What lines begin with that do not count.</param>
    /// <param name="otherwise">The answer where none of them occurs.</param>
    public char FindDelimiter(char? comment, char otherwise = ',')
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        bool inQuotes = false;
        foreach (char c in FirstLine(_head.AsSpan(0, _end), comment))
        {
            inQuotes ^= c == '"';
            int index = inQuotes ? -1 : Delimiters.IndexOf(c, StringComparison.Ordinal);
            if (index >= 0)
                counts[index]++;
        }

        int best = 0;
        for (int i = 1; i < counts.Length; i++)
            best = counts[i] > counts[best] ? i : best;
        return counts[best] > 0 ? Delimiters[best] : otherwise;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        int taken = Math.Min(count, _end - _start);
        if (taken == 0)
            return _inner.Read(buffer, index, count);
        _head.AsSpan(_start, taken).CopyTo(buffer.AsSpan(index));
        _start += taken;
        return taken + (taken < count ? _inner.Read(buffer, index + taken, count - taken) : 0);
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text, char? comment)
    {
        while (!text.IsEmpty)
        {
            // A comment may hold a single quote.
            int end = text[0] == comment ? text.IndexOfAny('\r', '\n') : LineEnd(text);
            end = end < 0 ? text.Length : end;
            var line = text[..end];
            if (!line.IsWhiteSpace() && line[0] != comment)
                return line;
            text = text[Math.Min(end + 1, text.Length)..];
        }

        return default;
    }

    private static int LineEnd(ReadOnlySpan<char> text)
    {
        bool inQuotes = false;
        for (int i = 0; i < text.Length; i++)
        {
            inQuotes ^= text[i] == '"';
            if (!inQuotes && text[i] is '\r' or '\n')
                return i;
        }

        return text.Length;
    }
}
