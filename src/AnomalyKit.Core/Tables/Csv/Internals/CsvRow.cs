namespace AnomalyKit.Csv;

/// <summary>The cells of one row, as texts.</summary>
internal abstract class CsvRow
{
    /// <summary>The line on which the row starts.</summary>
    public abstract long Line { get; }

    public abstract int CellCount { get; }

    /// <summary>The text of a cell, without its quotes.</summary>
    protected abstract ReadOnlySpan<char> Raw(int column);

    /// <summary>Whether a cell stands in quotes.</summary>
    protected abstract bool IsQuoted(int column);

    /// <summary>The text of a cell, without surrounding spaces unless it is quoted.</summary>
    public ReadOnlySpan<char> Text(int column)
    {
        var raw = Raw(column);
        if (raw.IsEmpty || (!IsPadded(raw) && raw[0] != '"'))
            return raw;
        return IsQuoted(column) ? raw : Unquote.Bare(raw);
    }

    /// <summary>Whether a cell stands in quotes, with spaces before them or not.</summary>
    public bool HasQuotes(int column)
    {
        var raw = Raw(column);
        return IsQuoted(column) || (!raw.IsEmpty && IsPadded(raw) && Unquote.Bare(raw).Length < raw.Trim().Length);
    }

    /// <summary>Whether a cell was cut in two at a delimiter, because a space stands before its quote.</summary>
    public bool IsCut(int column) => !IsQuoted(column) && Unquote.IsCut(Raw(column));

    /// <summary>The line on which a cell starts: line breaks in quoted cells before it count.</summary>
    public long LineOf(int column)
    {
        long line = Line;
        for (int i = 0; i < Math.Min(column, CellCount); i++)
            line += CsvRecords.CountLineBreaks(Raw(i));
        return line;
    }

    private static bool IsPadded(ReadOnlySpan<char> raw) => raw[0] <= ' ' || raw[^1] <= ' ' || char.IsWhiteSpace(raw[0]) || char.IsWhiteSpace(raw[^1]);
}
