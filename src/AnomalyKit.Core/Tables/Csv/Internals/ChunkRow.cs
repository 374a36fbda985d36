namespace AnomalyKit.Csv;

/// <summary>A row whose cells are found by their places in a text: plain ones, and quoted ones without quotes in them.</summary>
internal sealed class ChunkRow(int cellCount) : CsvRow
{
    private readonly int[] _starts = new int[cellCount];
    private readonly int[] _ends = new int[cellCount];
    private readonly bool[] _quoted = new bool[cellCount];
    private char[] _text = [];

    // Errors are found again by the reader of the whole file, which knows its lines.
    public override long Line => 0;

    public override int CellCount => _ends.Length;

    /// <summary>Puts the row into a text.</summary>
    public void Open(char[] text) => _text = text;

    public void Place(int column, int start, int end, bool isQuoted)
    {
        _starts[column] = start;
        _ends[column] = end;
        _quoted[column] = isQuoted;
    }

    /// <summary>The text of a cell that is not quoted; nothing of one that is.</summary>
    public ReadOnlySpan<char> Plain(int column) => _quoted[column] ? [] : Raw(column);

    protected override ReadOnlySpan<char> Raw(int column) => _text.AsSpan(_starts[column], _ends[column] - _starts[column]);

    protected override bool IsQuoted(int column) => _quoted[column];
}
