using AnomalyKit.Tables;
using Apache.Arrow;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Text of 32-bit or 64-bit offsets, or of views.</summary>
internal static class TextCells
{
    public static CategoryColumn Strings(CellRun run)
    {
        var offsets = Offsets<int>(run);
        var letters = run.Buffer(2);
        return Number(run, row => Part(letters, offsets.Span[row], offsets.Span[row + 1]));
    }

    public static CategoryColumn LargeStrings(CellRun run)
    {
        var offsets = Offsets<long>(run);
        var letters = run.Buffer(2);
        return Number(run, row => Part(letters, offsets.Span[row], offsets.Span[row + 1]));
    }

    public static CategoryColumn Views(CellRun run)
    {
        var array = new StringViewArray(run.Data);
        return Number(run, row => array.GetBytes(run.Start + row));
    }

    private static ReadOnlySpan<byte> Part(ReadOnlyMemory<byte> letters, long start, long end) => start >= 0 && end >= start && end <= letters.Length
        ? letters.Span[(int)start..(int)end]
        : throw new InvalidDataException($"text from {start} to {end} in a buffer of {letters.Length} bytes");

    private static ReadOnlyMemory<T> Offsets<T>(CellRun run)
        where T : unmanaged => run.Count == 0 ? default : (run with { Count = run.Count + 1 }).Memory<T>();

    private static CategoryColumn Number(CellRun run, TextOf text)
    {
        var validity = run.Validity();
        var words = new WordNumbers();
        var codes = new int[run.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = validity[row] ? words.Number(text(row)) : CategoryColumn.MissingCell;
            if (codes[row] == WordNumbers.NotText)
                throw CellErrors.NotText(run.FirstRow + row, run.Name);
        }

        return new CategoryColumn(run.Name, codes, words.Take());
    }

    private delegate ReadOnlySpan<byte> TextOf(int row);
}
