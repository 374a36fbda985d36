namespace AnomalyKit.Csv.Chunks;

/// <summary>A row of cells without quotes.</summary>
internal sealed class ChunkRow(int cellCount) : CsvRow
{
    private readonly int[] _ends = new int[cellCount];
    private char[] _text = [];
    private int _start;

    // Errors are found again by the reader of the whole file, which knows its lines.
    public override long Line => 0;

    public override int CellCount => _ends.Length;

    /// <summary>Where each cell ends in the text.</summary>
    public Span<int> Ends => _ends;

    public void Place(char[] text, int start)
    {
        _text = text;
        _start = start;
    }

    public ReadOnlySpan<char> Cell(int column)
    {
        int start = column == 0 ? _start : _ends[column - 1] + 1;
        return _text.AsSpan(start, _ends[column] - start);
    }

    protected override ReadOnlySpan<char> Raw(int column) => Cell(column);

    protected override bool IsQuoted(int column) => false;
}
