using System.Buffers;
using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Writes cells as CSV has them: numbers and dates the same on every machine, words in quotes where they need them.</summary>
internal sealed class CellText
{
    private const int MostChars = 64;

    private readonly TextWriter _text;
    private readonly SearchValues<char> _special;
    private readonly NumberFormatInfo _numbers = NumberFormatInfo.InvariantInfo;
    private readonly bool _guardsFormulas;

    public CellText(TextWriter text, CsvWriteOptions options)
    {
        _text = text;
        _special = SearchValues.Create([options.ActualDelimiter, '"', '\r', '\n']);
        _guardsFormulas = options.GuardsFormulas;
        if (options.DecimalSeparator != '.')
            _numbers = new NumberFormatInfo { NumberDecimalSeparator = options.DecimalSeparator.ToString(), NaNSymbol = _numbers.NaNSymbol, PositiveInfinitySymbol = _numbers.PositiveInfinitySymbol, NegativeInfinitySymbol = _numbers.NegativeInfinitySymbol };
    }

    /// <summary>Writes a cell; nothing where it is missing.</summary>
    public void Write(TableColumn column, int row)
    {
        if (column.IsMissing(row))
            return;
        switch (column)
        {
            case Int64Column whole:
                Number(whole.Cells.Span[row]);
                break;
            case SingleColumn single:
                Number(single.Cells.Span[row]);
                break;
            case DoubleColumn number:
                Number(number.Cells.Span[row]);
                break;
            case CategoryColumn category:
                Word(category.Levels[category.Codes.Span[row]]);
                break;
            default:
                // Dates hold colons, which some write between cells.
                Plain(column.Text(row)!);
                break;
        }
    }

    /// <summary>Writes a word: in quotes where it is empty, begins or ends with a space, or holds a quote, a line break or the delimiter.</summary>
    public void Word(string word)
    {
        if (_guardsFormulas)
            word = FormulaGuard.Guarded(word);
        Plain(word);
    }

    private void Plain(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(_special) && !char.IsWhiteSpace(word[0]) && !char.IsWhiteSpace(word[^1]))
        {
            _text.Write(word);
            return;
        }

        _text.Write('"');
        _text.Write(word.Replace("\"", "\"\"", StringComparison.Ordinal));
        _text.Write('"');
    }

    private void Number<T>(T value)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[MostChars];
        if (value.TryFormat(text, out int length, default, _numbers))
            _text.Write(text[..length]);
        else
            _text.Write(value.ToString(null, _numbers));
    }
}
