using AnomalyKit.Tables;

namespace AnomalyKit.Csv;

/// <summary>Puts the cells of one column into its buffer, or says why a cell is not what the column holds.</summary>
internal sealed class CellReader
{
    private readonly CellDialect _dialect;
    private readonly NumberText _numbers;
    private readonly ColumnBuffer _buffer;
    private readonly ColumnKind _kind;
    private readonly string _remedy;
    private readonly bool _isDeclared;
    private readonly bool _checkText;
    private readonly bool _isPlainNumber;

    /// <summary>Reads cells of a column.</summary>
    /// <param name="field">The column.</param>
    /// <param name="position">Its position in the file.</param>
    /// <param name="isWhole">Whether it holds whole numbers.</param>
    /// <param name="dialect">What texts mean.</param>
    /// <param name="checkText">Whether characters that did not decode are refused.</param>
    public CellReader(TableField field, int position, bool isWhole, CellDialect dialect, bool checkText)
    {
        _dialect = dialect;
        _numbers = dialect.NumbersOf(field.Name);
        _buffer = ColumnBuffer.Of(field, isWhole);
        _kind = field.Kind;
        _checkText = checkText;
        _isDeclared = field.Origin == "declared";
        _remedy = _isDeclared
            ? "Correct it, remove the row, or skip such rows with CsvTableOptions.BadRows"
            : $"The kind of the column was {field.Origin}. If the cell is right, declare the kind (TableLayout.Kinds)";
        _isPlainNumber = field.Kind == ColumnKind.Number && _numbers.IsPlain && !dialect.HasMarksLikeNumbers;
        Position = position;
        Field = field;
    }

    public TableField Field { get; }

    public int Position { get; }

    /// <summary>Of a column of dates, whether they are points in time: said by dates that were read elsewhere, before those that are read here.</summary>
    public void ComesAfter(bool isUtc)
    {
        if (_buffer is DateTimeBuffer dates)
            dates.IsUtc ??= isUtc;
    }

    /// <summary>Where the column holds doubles that are written as code writes them: what takes them. A cell that reads as such a number needs no <see cref="Read"/>, for no mark of a missing one looks like it.</summary>
    public DoubleBuffer? PlainNumbers => _isPlainNumber ? _buffer as DoubleBuffer : null;

    /// <summary>Reads a cell.</summary>
    /// <returns>What is wrong with it, or nothing; then it is in the buffer.</returns>
    public string? Read(CsvRow row)
    {
        var text = row.Text(Position);
        if (_kind == ColumnKind.Category)
            return ReadWord(text, row);
        if (text.IsEmpty)
        {
            _buffer.AddMissing();
            return null;
        }

        // A mark may look like a number: -999.
        if (_dialect.IsMark(text) && (_isDeclared || !row.HasQuotes(Position) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)))
        {
            _buffer.AddMissing();
            return null;
        }

        return _kind switch
        {
            ColumnKind.Number => ReadNumber(text),
            ColumnKind.Boolean => ReadBoolean(text),
            _ => ReadDate(text),
        };
    }

    /// <summary>Forgets the cells of rows behind the first ones.</summary>
    public void Cut(int count) => _buffer.Cut(count);

    /// <summary>Hands the cells out.</summary>
    public TableColumn Take() => _buffer.Take();

    private string? ReadWord(ReadOnlySpan<char> text, CsvRow row)
    {
        var buffer = (CategoryBuffer)_buffer;
        if ((text.IsEmpty || _dialect.IsCategoryMark(text)) && !row.HasQuotes(Position))
            buffer.AddMissing();
        else if (_checkText && text.Contains('\uFFFD'))
            return $"'{CsvErrors.Printable(text)}' holds U+FFFD (replacement character): {StrangeCharacters.NotUtf8}";
        else
            buffer.Add(text);
        return null;
    }

    private string? ReadNumber(ReadOnlySpan<char> text)
    {
        if (_buffer is Int64Buffer whole)
        {
            if (_numbers.ShapeOf(text) is NumberShape.Whole or NumberShape.LeadingZero && _numbers.TryParseWhole(text, out long number)
                && (_isDeclared || !StartsWithZero(text)))
            {
                whole.Add(number);
                return null;
            }

            return $"'{CsvErrors.Printable(text)}' is not a whole number of 64 bits without leading zeros. {_remedy}: a number, or a category to keep it as text.";
        }

        if (!_numbers.TryParse(text, out double value))
        {
            if (LocalNumber.Looks(text))
            {
                return $"'{CsvErrors.Printable(text)}' is not a number. It looks like one with a decimal comma, marks between thousands or a currency sign: "
                    + $"say how numbers are written: {LocalNumbers.AdviceFor(text, _numbers.Options)}. Otherwise, {Lowered(_remedy)}.";
            }

            string hint = Strange(text);
            return $"'{CsvErrors.Printable(text)}' is not a number. {hint}{(hint.Length > 0 ? ". " : "")}{_remedy}.";
        }

        if (!double.IsFinite(value))
            return $"'{CsvErrors.Printable(text)}' is infinite or beyond the range of a double. Replace it by a large finite number, or remove the row.";
        ((DoubleBuffer)_buffer).Add(value);
        return null;
    }

    private string? ReadBoolean(ReadOnlySpan<char> text)
    {
        if (!_dialect.TryBoolean(text, allowDigits: _isDeclared, out bool value))
            return $"'{CsvErrors.Printable(text)}' is neither yes nor no: one of {_dialect.BooleanWords}{(_isDeclared ? ", 1, 0" : "")} was expected. {_remedy}.";
        ((BooleanBuffer)_buffer).Add(value);
        return null;
    }

    private string? ReadDate(ReadOnlySpan<char> text)
    {
        var buffer = (DateTimeBuffer)_buffer;
        if (!_dialect.Dates.TryParse(text, out long ticks, out bool isUtc))
            return $"'{CsvErrors.Printable(text)}' is not {_dialect.Dates.Expected}. {HowDatesAreWritten(text)}. Otherwise, {Lowered(_remedy)}.";
        return buffer.TryAdd(ticks, isUtc)
            ? null
            : $"'{CsvErrors.Printable(text)}': {buffer.Mismatch}; dates without a zone can be taken as UTC (CsvTableOptions.AssumeUtc). Otherwise, {Lowered(_remedy)}.";
    }

    private string HowDatesAreWritten(ReadOnlySpan<char> text)
    {
        var dates = LocalDates.Of(text);
        return dates.Fits ? $"It looks like a date in another form. Say how the dates are written: {dates.Advice(_dialect.Dates.Formats)}" : "If it is a date in another form, name the format with CsvTableOptions.DateFormats";
    }

    private static string Lowered(string sentence) => $"{char.ToLowerInvariant(sentence[0])}{sentence[1..]}";

    private static bool StartsWithZero(ReadOnlySpan<char> text)
    {
        var digits = text.TrimStart("+- ");
        return digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }

    private static string Strange(ReadOnlySpan<char> text) => StrangeCharacters.Describe(text)?.TrimEnd('.') ?? "";
}
