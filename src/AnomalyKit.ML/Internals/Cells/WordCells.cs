using AnomalyKit.Tables;

namespace AnomalyKit.ML.Cells;

/// <summary>Text. ML.NET has no missing text: what its loaders make of an empty field is empty, and that is a missing cell here.</summary>
internal static class WordCells
{
    public static CategoryColumn Of(string name, ReadOnlySpan<ReadOnlyMemory<char>> words)
    {
        var numbers = new WordNumbers();
        var codes = new int[words.Length];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = words[row].IsEmpty ? CategoryColumn.MissingCell : numbers.Number(words[row].Span);
        return new CategoryColumn(name, codes, numbers.Take());
    }
}
