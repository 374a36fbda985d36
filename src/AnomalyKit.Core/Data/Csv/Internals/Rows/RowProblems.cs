using System.Buffers;
using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Says what is wrong with a row that cannot be read, where, and what to do.</summary>
internal sealed class RowProblems(CsvRecords records, ColumnPlan plan, CsvErrors errors)
{
    private const string SeparatedBySpaces = "The cells seem to be separated by spaces: set CsvOptions.Delimiter to ' '";

    private static readonly SearchValues<char> OtherDelimiters = SearchValues.Create(":^~&/\\#!");

    /// <summary>The current record has too few or too many cells.</summary>
    public CsvFormatException Ragged()
    {
        int cells = records.CellCount;
        string problem = string.Create(
            CultureInfo.InvariantCulture,
            $"the row has {cells} {(cells == 1 ? "cell" : "cells")}, the {(plan.IsNamed ? "header" : "first row")} {plan.FileColumns}. ");
        if (plan.FileColumns == 1 && plan.FileName(0).AsSpan().ContainsAny(' ', '\t'))
            return errors.Line(records.Line, $"{problem}{SeparatedBySpaces}.");
        if (cells < plan.FileColumns)
        {
            return errors.Cell(
                records.Line, cells, plan.FileName(cells), null,
                problem + "Complete the row or remove it; is the file cut off, or another delimiter used?");
        }

        string extra = CsvErrors.Printable(records[plan.FileColumns]);
        for (int i = 0; i < cells; i++)
        {
            if (Unquote.IsCut(records[i]))
            {
                return errors.Line(
                    records.LineOf(i),
                    problem + $"There is a space before the quote in '{CsvErrors.Printable(records[i])}', so the delimiter after it splits the cell. Remove the space.",
                    CsvErrors.Printable(records[i]));
            }
        }

        return errors.Line(
            records.LineOf(plan.FileColumns),
            problem + $"The first one too many is '{extra}'. Quote cells that hold the delimiter; a decimal comma must be a point.",
            extra);
    }

    /// <summary>A feature cell of the current record holds no finite number.</summary>
    /// <param name="position">The column's position in the file.</param>
    public CsvFormatException Cell(int position)
    {
        string text = CsvErrors.Printable(records[position]);
        return errors.Cell(records.LineOf(position), position, plan.FileName(position), text, Describe(records[position], text));
    }

    /// <summary>The label of the current record is none.</summary>
    public CsvFormatException Label()
    {
        int position = plan.LabelPosition;
        var text = records[position];
        return errors.Cell(records.LineOf(position), position, plan.FileName(position), CsvErrors.Printable(text), LabelParser.Describe(text));
    }

    /// <summary>A cell is a double but, with its offset, no float32.</summary>
    public CsvFormatException Overflow(ReadOnlySpan<double> values, ReadOnlySpan<double> offsets, long line)
    {
        int column = 0;
        while (float.IsFinite((float)(values[column] - offsets[column])))
            column++;
        string text = values[column].ToString("R", CultureInfo.InvariantCulture);
        return errors.Cell(
            line, plan.Positions[column], plan.Names[column], text,
            $"'{text}' is beyond the range of float32 (±3.4e38). Divide the column by a power of ten, take logarithms, or leave it out.");
    }

    private string Describe(ReadOnlySpan<char> cell, string text)
    {
        if (MissingValue.IsMarkedBy(cell))
        {
            string what = cell.IsWhiteSpace() ? "the cell is empty" : $"'{text}' is not a finite number but marks a missing value";
            return $"{what}. There is no imputation: fill it in (for instance with the median of the column), remove the row, or skip such rows with CsvOptions.BadRows.";
        }

        if (CellParser.TryParse(cell, out _))
            return $"'{text}' is infinite or beyond the range of a double. Replace it by a large finite number or remove the row.";
        string orLeaveOut = plan.IsNamed && plan.FileColumns > 1 ? "; leave the column out with IgnoreColumns if it is not a feature" : "";
        return $"'{text}' is not a number. {Hint(cell)}{orLeaveOut}.";
    }

    private string Hint(ReadOnlySpan<char> cell)
    {
        // The sentence goes on behind the hint.
        if (StrangeCharacters.Describe(cell) is { } strange)
            return strange.TrimEnd('.');
        if (plan.FileColumns == 1 && SpacedNumbers.Are(cell))
            return SeparatedBySpaces;
        if (cell.Contains(','))
            return "Numbers are written with a point and without thousands separators";
        if (plan.FileColumns == 1 && cell.ContainsAny(OtherDelimiters))
            return "If the file has more than one column, name what separates them with CsvOptions.Delimiter; otherwise correct the cell or remove the row";
        return "Correct it or remove the row";
    }
}
