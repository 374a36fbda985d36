using System.Text;

namespace AnomalyKit.Csv.Chunks;

/// <summary>Reads the rows of a run of plain lines: ASCII without quotes. Cells that are plain numbers go the short way, others that of <see cref="CellReader"/>.</summary>
internal sealed class ChunkParser
{
    private const byte LineFeed = (byte)'\n';

    private readonly byte _delimiter;
    private readonly CellReader[] _cells;
    private readonly ChunkRow _row;
    private char[] _text = [];

    /// <param name="delimiter">What separates cells.</param>
    /// <param name="columnCount">The cells of a row.</param>
    /// <param name="cells">Readers of the wanted ones.</param>
    public ChunkParser(char delimiter, int columnCount, CellReader[] cells)
    {
        _delimiter = (byte)delimiter;
        _cells = cells;
        _row = new ChunkRow(columnCount);
    }

    /// <summary>Whether lines can be read here.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> lines) => !lines.Contains((byte)'"') && Ascii.IsValid(lines);

    /// <summary>Reads plain lines.</summary>
    /// <returns>The columns; nothing where a row or a cell is not as it should be.</returns>
    public List<TableColumn>? Parse(byte[] lines)
    {
        if (_text.Length < lines.Length)
            _text = new char[lines.Length];
        _ = Ascii.ToUtf16(lines, _text, out _);
        for (int start = 0; start < lines.Length;)
        {
            int end = FindCells(lines, start, out bool isBlank);
            if (end < 0 || (!isBlank && !ReadCells(start)))
            {
                foreach (var cell in _cells)
                    cell.Cut(0);
                return null;
            }

            start = end;
        }

        return [.. _cells.Select(cell => cell.Take())];
    }

    /// <summary>Finds the ends of the cells of a line.</summary>
    /// <returns>Where the next line begins; −1 where the line has not as many cells as the header.</returns>
    private int FindCells(ReadOnlySpan<byte> lines, int start, out bool isBlank)
    {
        var ends = _row.Ends;
        int at = start;
        isBlank = false;
        for (int cell = 0; cell < ends.Length - 1; cell++)
        {
            int length = lines[at..].IndexOfAny(_delimiter, LineFeed);
            if (length < 0 || lines[at + length] == LineFeed)
            {
                int blank = length < 0 ? lines.Length - at : length;
                isBlank = cell == 0 && (blank == 0 || (blank == 1 && lines[at] == '\r'));
                return isBlank ? at + blank + 1 : -1;
            }

            ends[cell] = at + length;
            at += length + 1;
        }

        int last = lines[at..].IndexOfAny(_delimiter, LineFeed);
        if (last >= 0 && lines[at + last] == _delimiter)
            return -1;
        int end = last < 0 ? lines.Length : at + last;
        ends[^1] = end > at && lines[end - 1] == '\r' ? end - 1 : end;
        return end + 1;
    }

    private bool ReadCells(int start)
    {
        _row.Place(_text, start);
        foreach (var cell in _cells)
        {
            if (!cell.TryReadPlain(_row.Cell(cell.Position)) && cell.Read(_row) is not null)
                return false;
        }

        return true;
    }
}
