using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Reads the rows of a run of ASCII lines whose quoted cells hold no quotes. Cells that are plain numbers go the short way, others that of <see cref="CellReader"/>.</summary>
internal sealed class ChunkParser
{
    private const byte LineFeed = (byte)'\n';
    private const byte Quote = (byte)'"';

    private readonly byte _delimiter;
    private readonly int _columnCount;
    private readonly CellReader[] _cells;
    private readonly ChunkRow _row;
    private char[] _text = [];

    /// <param name="delimiter">What separates cells.</param>
    /// <param name="columnCount">The cells of a row, at least 2.</param>
    /// <param name="cells">Readers of the wanted ones.</param>
    public ChunkParser(char delimiter, int columnCount, CellReader[] cells)
    {
        _delimiter = (byte)delimiter;
        _columnCount = columnCount;
        _cells = cells;
        _row = new ChunkRow(columnCount);
    }

    /// <summary>Reads ASCII lines.</summary>
    /// <returns>The columns; nothing where a row or a cell is not as it should be, or not as simple.</returns>
    public List<TableColumn>? Parse(byte[] lines)
    {
        if (_text.Length < lines.Length)
            _text = new char[lines.Length];
        _ = Ascii.ToUtf16(lines, _text, out _);
        _row.Open(_text);
        for (int start = 0; start < lines.Length;)
        {
            int next = BlankEnd(lines, start);
            if (next < 0)
            {
                next = FindCells(lines, start);
                if (next < 0 || !ReadCells())
                {
                    foreach (var cell in _cells)
                        cell.Cut(0);
                    return null;
                }
            }

            start = next;
        }

        return [.. _cells.Select(cell => cell.Take())];
    }

    /// <summary>Where the next line begins if this one is blank; else −1.</summary>
    private static int BlankEnd(ReadOnlySpan<byte> lines, int start)
    {
        if (lines[start] == LineFeed)
            return start + 1;
        return lines[start] == '\r' && (start + 1 == lines.Length || lines[start + 1] == LineFeed) ? start + 2 : -1;
    }

    /// <summary>Finds the cells of a line.</summary>
    /// <returns>Where the next line begins; −1 where the line has not as many cells as the header, or a quote within a cell.</returns>
    private int FindCells(ReadOnlySpan<byte> lines, int start)
    {
        int at = start;
        for (int cell = 0; cell < _columnCount; cell++)
        {
            bool isQuoted = at < lines.Length && lines[at] == Quote;
            int first = isQuoted ? at + 1 : at;
            int length = isQuoted ? lines[first..].IndexOf(Quote) : lines[first..].IndexOfAny(_delimiter, LineFeed, Quote);
            if (isQuoted && length < 0)
                return -1;
            int end = length < 0 ? lines.Length : first + length;
            int behind = isQuoted ? end + 1 : end;
            bool isLast = cell == _columnCount - 1;
            if (isLast && isQuoted && behind < lines.Length && lines[behind] == '\r')
                behind++;
            bool isEnded = isLast ? behind >= lines.Length || lines[behind] == LineFeed : behind < lines.Length && lines[behind] == _delimiter;
            if (!isEnded)
                return -1;
            if (isLast && !isQuoted && end > first && lines[end - 1] == '\r')
                end--;
            _row.Place(cell, first, end, isQuoted);
            at = behind + 1;
        }

        return at;
    }

    private bool ReadCells()
    {
        foreach (var cell in _cells)
        {
            if (!cell.TryReadPlain(_row.Plain(cell.Position)) && cell.Read(_row) is not null)
                return false;
        }

        return true;
    }
}
