namespace AnomalyKit.Csv;

/// <summary>A text whose cells are separated by any number of spaces and tabs, with a single space between them.</summary>
/// <remarks>Spaces at both ends of a line go; what stands in quotes stays as it is. No line break is added or lost, so lines keep their
/// numbers.</remarks>
internal sealed class SpacedText(TextReader inner) : TextReader
{
    private readonly char[] _buffer = new char[1 << 14];
    private int _start;
    private int _end;
    private bool _atLineStart = true;
    private bool _atCellStart = true;
    private bool _quotedCell;
    private bool _inQuotes;
    private bool _pendingSpace;

    public override int Read(char[] buffer, int index, int count)
    {
        int written = 0;
        while (written < count)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = inner.Read(_buffer, 0, _buffer.Length);
                if (_end == 0)
                    break;
            }

            char c = _buffer[_start];
            if (_inQuotes)
            {
                _inQuotes = c != '"';
            }
            else if (c is ' ' or '\t')
            {
                _start++;
                _pendingSpace = !_atLineStart;
                _atCellStart = true;
                _quotedCell = false;
                continue;
            }
            else if (c is '\r' or '\n')
            {
                _pendingSpace = _quotedCell = false;
                _atLineStart = _atCellStart = true;
            }
            else
            {
                if (_pendingSpace)
                {
                    // The character itself follows in the next turn.
                    _pendingSpace = false;
                    buffer[index + written++] = ' ';
                    continue;
                }

                // A quote that opens a cell, or the second of two inside one.
                _inQuotes = c == '"' && (_atCellStart || _quotedCell);
                _quotedCell |= _inQuotes;
                _atLineStart = _atCellStart = false;
            }

            buffer[index + written++] = c;
            _start++;
        }

        return written;
    }
}
