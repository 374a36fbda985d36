using System.Text;

namespace AnomalyKit.Csv;

/// <summary>One cell of a run of ASCII lines, as a row: whatever cell is asked for, it is this one.</summary>
internal sealed class ChunkCell : CsvRow
{
    private char[] _text = new char[64];
    private int _length;
    private bool _isQuoted;

    // Errors are found again by the reader of the whole file, which knows its lines.
    public override long Line => 0;

    public override int CellCount => 1;

    /// <summary>Goes to a cell.</summary>
    /// <param name="text">Its ASCII text, without quotes.</param>
    /// <param name="isQuoted">Whether it stands in quotes.</param>
    public void Open(ReadOnlySpan<byte> text, bool isQuoted)
    {
        if (_text.Length < text.Length)
            _text = new char[Math.Max(text.Length, 2 * _text.Length)];
        _ = Ascii.ToUtf16(text, _text, out _length);
        _isQuoted = isQuoted;
    }

    protected override ReadOnlySpan<char> Raw(int column) => _text.AsSpan(0, _length);

    protected override bool IsQuoted(int column) => _isQuoted;
}
