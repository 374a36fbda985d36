using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>What the cells of a column say about its kind. The order of the rows does not matter.</summary>
/// <param name="dialect">What texts mean.</param>
/// <param name="numbers">How the column's numbers are written.</param>
/// <param name="isUsed">Whether values are taken from the column; where it only rides along, it does not matter how dates and numbers are written.</param>
internal sealed class ColumnEvidence(CellDialect dialect, NumberText numbers, bool isUsed)
{
    private readonly LocalDates _localDates = new();
    private readonly LocalNumbers _localNumbers = new(numbers.Options);
    private Sighting _fraction;
    private Sighting _tooLong;
    private Sighting _leadingZero;
    private Sighting _notNumber;
    private Sighting _notBoolean;
    private Sighting _notDate;
    private Sighting _zoned;
    private Sighting _unzoned;
    private Sighting _local;
    private Sighting _mark;
    private bool _hasCells;
    private bool _onlyLocal = isUsed;
    private bool _onlyDates = isUsed;

    /// <summary>Whether the column holds whole numbers.</summary>
    public bool IsWhole => !_fraction.IsSeen && !_tooLong.IsSeen && !_leadingZero.IsSeen && _hasCells;

    /// <summary>Looks at a cell.</summary>
    public void Look(CsvRow row, int column)
    {
        bool couldBeOther = !_notNumber.IsSeen || !_notBoolean.IsSeen || !_notDate.IsSeen || _onlyLocal || _onlyDates;
        if (!couldBeOther)
            return;
        var text = row.Text(column);
        if (text.IsEmpty)
            return;
        if (dialect.IsMark(text) && (!row.HasQuotes(column) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)))
        {
            if (!_mark.IsSeen && !text.Equals("NaN", StringComparison.OrdinalIgnoreCase))
                _mark = new Sighting(text, row.LineOf(column));
            return;
        }

        _hasCells = true;
        if (!_notNumber.IsSeen || _onlyLocal)
            LookForNumber(text, row, column);
        if (!_notBoolean.IsSeen && !dialect.TryBoolean(text, allowDigits: false, out _))
            _notBoolean = new Sighting(text, row.LineOf(column));
        if (!_notDate.IsSeen || _onlyDates)
            LookForDate(text, row, column);
    }

    /// <summary>Decides.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="column">Its position in the file.</param>
    /// <param name="errors">Makes the error of a column of numbers in another notation.</param>
    /// <param name="scope">What was looked at, where it was not all: added to the reason.</param>
    public TableField Decide(string name, int column, CsvErrors errors, string scope)
    {
        if (!_hasCells)
        {
            return _mark.IsSeen
                ? Field(ColumnKind.Category, $"no cell holds anything but a mark such as {_mark}")
                : Field(ColumnKind.Number, "every cell is missing");
        }

        bool couldBeDate = !_notDate.IsSeen;
        if (couldBeDate && (dialect.Dates.HasFormats || _notNumber.IsSeen))
        {
            return _zoned.IsSeen && _unzoned.IsSeen
                ? Field(ColumnKind.Category, $"{_zoned} has a time zone and {_unzoned} has none")
                : Field(ColumnKind.DateTime, _zoned.IsSeen ? "every cell is a date with a time zone" : "every cell is a date");
        }

        if (!_notBoolean.IsSeen)
            return Field(ColumnKind.Boolean, $"every cell is one of {dialect.BooleanWords}");
        if (!_notNumber.IsSeen)
        {
            if (_leadingZero.IsSeen)
                return Field(ColumnKind.Category, $"{_leadingZero} begins with a zero, which a number would lose");
            if (_tooLong.IsSeen && !_fraction.IsSeen)
                return Field(ColumnKind.Category, $"{_tooLong} has more digits than a number of 64 bits keeps");
            return Field(ColumnKind.Number, _fraction.IsSeen ? $"every cell is a number, and {_fraction} is not a whole one" : "every cell is a whole number");
        }

        if (_onlyLocal && _local.IsSeen)
        {
            throw errors.Cell(
                _local.Line, column, name, _local.Text,
                $"'{_local.Text}' looks like a number with a decimal comma, marks between thousands or a currency sign, and so do the other cells of the column. "
                + $"Say how numbers are written: {_localNumbers.Advice()}. If the cells are not numbers, declare the column a category (TableLayout.Kinds).{_localNumbers.WhereOthersDiffer()}");
        }

        if (_onlyDates)
        {
            throw errors.Cell(
                _notDate.Line, column, name, _notDate.Text,
                $"'{_notDate.Text}' looks like a date but is not {dialect.Dates.Expected}, and every other cell of the column looks like a date, too. "
                + $"Say how the dates are written: {_localDates.Advice(dialect.Dates.Formats)}. To keep the cells as words, declare the column a category (TableLayout.Kinds).");
        }

        return Field(ColumnKind.Category, $"{_notNumber} is not a number");

        TableField Field(ColumnKind kind, string reason) => new(name, kind, origin: $"inferred: {reason}{scope}");
    }

    private void LookForNumber(ReadOnlySpan<char> text, CsvRow row, int column)
    {
        var shape = numbers.ShapeOf(text);
        if (shape is not NumberShape.None && _onlyLocal)
            _localNumbers.SeeRead(text);
        switch (shape)
        {
            case NumberShape.Fraction:
                _fraction.See(text, row, column);
                break;
            case NumberShape.TooLong:
                _tooLong.See(text, row, column);
                break;
            case NumberShape.LeadingZero:
                _leadingZero.See(text, row, column);
                break;
            case NumberShape.None:
                _notNumber.See(text, row, column);
                LookForLocalNumber(text, row, column);
                break;
        }
    }

    private void LookForLocalNumber(ReadOnlySpan<char> text, CsvRow row, int column)
    {
        _onlyLocal = _onlyLocal && LocalNumber.Looks(text);
        if (!_onlyLocal)
            return;
        _local.See(text, row, column);
        _localNumbers.See(text);
    }

    private void LookForDate(ReadOnlySpan<char> text, CsvRow row, int column)
    {
        if (!dialect.Dates.TryParse(text, out _, out bool isUtc))
        {
            _notDate.See(text, row, column);
            _onlyDates = _onlyDates && _localDates.See(text);
        }
        else if (isUtc)
            _zoned.See(text, row, column);
        else
            _unzoned.See(text, row, column);
    }

    /// <summary>The first cell that said something.</summary>
    private struct Sighting(ReadOnlySpan<char> text, long line)
    {
        public string? Text { get; private set; } = CsvErrors.Printable(text);

        public long Line { get; private set; } = line;

        public readonly bool IsSeen => Text is not null;

        public void See(ReadOnlySpan<char> text, CsvRow row, int column)
        {
            if (IsSeen)
                return;
            Text = CsvErrors.Printable(text);
            Line = row.LineOf(column);
        }

        public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"'{Text}' in line {Line}");
    }
}
