namespace AnomalyKit.Csv;

/// <summary>A copy of a row, for the time until it is known what the columns hold.</summary>
internal sealed class KeptRow : CsvRow
{
    private readonly char[] _text;
    private readonly int[] _ends;
    private readonly bool[] _quoted;

    public KeptRow(CsvRecords records)
    {
        Line = records.Line;
        _ends = new int[records.CellCount];
        _quoted = new bool[_ends.Length];
        int length = 0;
        for (int i = 0; i < _ends.Length; i++)
            _ends[i] = length += records[i].Length;
        _text = new char[length];
        for (int i = 0; i < _ends.Length; i++)
        {
            records[i].CopyTo(_text.AsSpan(i == 0 ? 0 : _ends[i - 1]));
            _quoted[i] = records.IsQuoted(i);
        }
    }

    private KeptRow(long line)
    {
        Line = line;
        _text = [];
        _ends = [0];
        _quoted = [false];
    }

    public override long Line { get; }

    public override int CellCount => _ends.Length;

    /// <summary>A blank line, the missing cell of a single column.</summary>
    public static KeptRow Blank(long line) => new(line);

    protected override ReadOnlySpan<char> Raw(int column)
    {
        int start = column == 0 ? 0 : _ends[column - 1];
        return _text.AsSpan(start, _ends[column] - start);
    }

    protected override bool IsQuoted(int column) => _quoted[column];
}
