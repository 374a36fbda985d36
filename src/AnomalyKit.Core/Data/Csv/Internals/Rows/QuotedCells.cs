namespace AnomalyKit.Csv;

/// <summary>Tells which cells of a record stand in quotes; the parser hands them out without.</summary>
internal static class QuotedCells
{
    /// <summary>Looks at the text of a record.</summary>
    /// <param name="raw">The record, line end included.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="quoted">Receives the answer for each cell.</param>
    public static void Find(ReadOnlySpan<char> raw, char delimiter, Span<bool> quoted)
    {
        quoted.Clear();
        if (!raw.Contains('"'))
            return;
        int at = 0;
        for (int cell = 0; cell < quoted.Length && at < raw.Length; cell++)
        {
            if (raw[at] == '"')
            {
                quoted[cell] = true;
                at = PastQuotes(raw, at + 1);
            }

            int length = raw[at..].IndexOf(delimiter);
            if (length < 0)
                return;
            at += length + 1;
        }
    }

    private static int PastQuotes(ReadOnlySpan<char> raw, int at)
    {
        while (at < raw.Length)
        {
            int length = raw[at..].IndexOf('"');
            if (length < 0)
                return raw.Length;
            at += length + 1;
            if (at == raw.Length || raw[at] != '"')
                return at;
            // Two quotes are one of the text.
            at++;
        }

        return at;
    }
}
