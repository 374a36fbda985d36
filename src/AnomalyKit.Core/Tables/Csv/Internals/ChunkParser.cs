using AnomalyKit.Tables;

namespace AnomalyKit.Csv;

/// <summary>Reads the rows of a run of ASCII lines whose quoted cells hold no quotes. Cells that are plain numbers are read where they stand, others by <see cref="CellReader"/>.</summary>
internal sealed class ChunkParser
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const byte Quote = (byte)'"';

    private readonly byte _delimiter;
    private readonly CellReader[] _cells;
    private readonly CellReader?[] _readers;
    private readonly DoubleBuffer?[] _numbers;
    private readonly ChunkCell _cell = new();

    /// <param name="delimiter">What separates cells.</param>
    /// <param name="columnCount">The cells of a row, at least 2.</param>
    /// <param name="cells">Readers of the wanted ones.</param>
    public ChunkParser(char delimiter, int columnCount, CellReader[] cells)
    {
        _delimiter = (byte)delimiter;
        _cells = cells;
        _readers = new CellReader?[columnCount];
        foreach (var cell in cells)
            _readers[cell.Position] = cell;
        _numbers = Array.ConvertAll(_readers, cell => cell?.PlainNumbers);
    }

    /// <summary>Reads ASCII lines.</summary>
    /// <returns>The columns; nothing where a row or a cell is not as it should be, or not as simple.</returns>
    public List<TableColumn>? Parse(ReadOnlySpan<byte> lines)
    {
        for (int start = 0; start < lines.Length;)
        {
            int next = BlankEnd(lines, start);
            if (next < 0)
                next = ReadRow(lines, start);
            if (next < 0)
            {
                foreach (var cell in _cells)
                    cell.Cut(0);
                return null;
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
        return lines[start] == CarriageReturn && (start + 1 == lines.Length || lines[start + 1] == LineFeed) ? start + 2 : -1;
    }

    /// <summary>Reads the cells of a line.</summary>
    /// <returns>Where the next line begins; −1 where a cell cannot be read, where there are not as many as in the header, or where a quote stands within a cell.</returns>
    private int ReadRow(ReadOnlySpan<byte> lines, int at)
    {
        var numbers = _numbers.AsSpan();
        int last = numbers.Length - 1;
        for (int i = 0; i < last; i++)
        {
            if (numbers[i] is { } column)
            {
                int behind = NumberBytes.Read(lines, at, out double value);
                if ((uint)behind < (uint)lines.Length && lines[behind] == _delimiter)
                {
                    column.Add(value);
                    at = behind + 1;
                    continue;
                }
            }

            at = ReadCell(lines, at, i, isLast: false);
            if (at < 0)
                return -1;
        }

        if (numbers[last] is { } lastColumn)
        {
            int behind = NumberBytes.Read(lines, at, out double value);
            if (behind > 0 && EndOfRow(lines, behind) is var next and >= 0)
            {
                lastColumn.Add(value);
                return next;
            }
        }

        return ReadCell(lines, at, last, isLast: true);
    }

    /// <summary>Reads any cell.</summary>
    /// <returns>Where the next cell or line begins; −1 where it cannot be read.</returns>
    private int ReadCell(ReadOnlySpan<byte> lines, int at, int position, bool isLast)
    {
        bool isQuoted = at < lines.Length && lines[at] == Quote;
        int first = isQuoted ? at + 1 : at;
        if (first > lines.Length)
            return -1;
        int length = isQuoted ? lines[first..].IndexOf(Quote) : lines[first..].IndexOfAny(_delimiter, LineFeed, Quote);
        if (isQuoted && length < 0)
            return -1;
        int end = length < 0 ? lines.Length : first + length;
        int behind = isQuoted ? end + 1 : end;
        int next;
        if (isLast)
        {
            if (!isQuoted && end > first && lines[end - 1] == CarriageReturn)
                behind = --end;
            next = EndOfRow(lines, behind);
        }
        else
        {
            next = behind < lines.Length && lines[behind] == _delimiter ? behind + 1 : -1;
        }

        if (next < 0 || _readers[position] is not { } reader)
            return next;
        _cell.Open(lines[first..end], isQuoted);
        return reader.Read(_cell) is null ? next : -1;
    }

    /// <summary>Where the next line begins if this one ends at a position; else −1.</summary>
    private static int EndOfRow(ReadOnlySpan<byte> lines, int at)
    {
        if (at < lines.Length && lines[at] == CarriageReturn)
            at++;
        return at >= lines.Length || lines[at] == LineFeed ? at + 1 : -1;
    }
}
