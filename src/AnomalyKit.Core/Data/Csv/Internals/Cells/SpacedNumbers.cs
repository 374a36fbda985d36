namespace AnomalyKit.Csv;

/// <summary>Recognizes lines of tables that are aligned with spaces.</summary>
internal static class SpacedNumbers
{
    /// <summary>Whether the text is several numbers with spaces between them.</summary>
    public static bool Are(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        int count = 0;
        foreach (var range in text.SplitAny(' ', '\t'))
        {
            if (text[range].IsEmpty)
                continue;
            if (!CellParser.TryParse(text[range], out _) && !MissingValue.IsMarkedBy(text[range]))
                return false;
            count++;
        }

        return count > 1;
    }
}
