using System.Buffers;
using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Writes cells as CSV has them: numbers and dates the same on every machine, words in quotes where they need them.</summary>
internal sealed class CellText
{
    private const byte Quote = (byte)'"';

    private readonly Utf8Text _text;
    private readonly SearchValues<char> _special;
    private readonly NumberFormatInfo _numbers = NumberFormatInfo.InvariantInfo;
    private readonly bool _guardsFormulas;

    public CellText(Utf8Text text, CsvWriteOptions options)
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
        switch (column)
        {
            case SingleColumn single:
                float score = single.Cells.Span[row];
                if (!float.IsNaN(score))
                    _text.Write(score, _numbers);
                break;
            case BooleanColumn boolean:
                sbyte cell = boolean.Cells.Span[row];
                if (cell != BooleanColumn.MissingCell)
                    _text.Write(cell == 0 ? "false"u8 : "true"u8);
                break;
            case DoubleColumn number:
                double value = number.Cells.Span[row];
                if (!double.IsNaN(value))
                    _text.Write(value, _numbers);
                break;
            case CategoryColumn category:
                if (!category.IsMissing(row))
                    Word(category.Levels[category.Codes.Span[row]]);
                break;
            case Int64Column whole:
                if (!whole.IsMissing(row))
                    _text.Write(whole.Cells.Span[row], _numbers);
                break;
            default:
                // Dates hold colons, which some write between cells.
                if (column.Text(row) is { } text)
                    Plain(text);
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

        _text.Write(Quote);
        _text.Write(word.Replace("\"", "\"\"", StringComparison.Ordinal));
        _text.Write(Quote);
    }
}
