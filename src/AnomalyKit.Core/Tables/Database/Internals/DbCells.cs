using System.Data.Common;
using System.Globalization;
using AnomalyKit.Tables;

namespace AnomalyKit.Database;

/// <summary>Takes the cells of one column out of a database's rows.</summary>
internal sealed class DbCells
{
    private readonly ColumnBuffer _buffer;
    private readonly Type? _type;
    private readonly TableField _field;

    /// <summary>Reads a column.</summary>
    /// <param name="field">The column.</param>
    /// <param name="ordinal">Its position in the query's result.</param>
    /// <param name="type">The type of its values, or nothing where types belong to values.</param>
    /// <param name="isWhole">Whether its numbers are whole.</param>
    /// <param name="isZoned">Whether its times are known to be points in time.</param>
    public DbCells(TableField field, int ordinal, Type? type, bool isWhole, bool isZoned)
    {
        _field = field;
        _type = type;
        Ordinal = ordinal;
        _buffer = DbKinds.Buffer(field, type, isWhole);
        if (isZoned && _buffer is DateTimeBuffer times)
            times.IsUtc = true;
    }

    public int Ordinal { get; }

    public TableColumn Take() => _buffer.Take();

    /// <summary>Takes the cell of the current row.</summary>
    public void Read(DbDataReader reader, long row)
    {
        object? value = null;
        try
        {
            if (reader.IsDBNull(Ordinal))
                _buffer.AddMissing();
            else if (!TryReadPlain(reader))
                value = reader.GetValue(Ordinal);
            else
                return;
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException or NotSupportedException)
        {
            throw new TableDataException(
                string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{_field.Name}': the value cannot be read: {e.Message} Cast it to another type in the query, or leave the column out (TableLayout.IgnoredColumns)."),
                row, _field.Name, e);
        }

        if (value is not null)
            Add(value, row);
    }

    /// <summary>Takes a cell that was read before.</summary>
    public void Add(object? value, long row)
    {
        if (ValueCell.Add(_buffer, value, isLoose: true) is not { } problem)
            return;
        string remedy = _field.Origin == "declared"
            ? "Correct the value, or cast the column in the query"
            : $"The kind of the column was {_field.Origin}. Cast the column in the query, or declare its kind (TableLayout.Kinds)";
        throw new TableDataException(
            string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{_field.Name}': {problem}. {remedy}."), row, _field.Name);
    }

    /// <summary>Reads the commonest types without making an object of each.</summary>
    private bool TryReadPlain(DbDataReader reader)
    {
        switch (_buffer)
        {
            case Int64Buffer wholes when _type == typeof(long):
                wholes.Add(reader.GetInt64(Ordinal));
                return true;
            case Int64Buffer wholes when _type == typeof(int):
                wholes.Add(reader.GetInt32(Ordinal));
                return true;
            case Int64Buffer wholes when _type == typeof(short):
                wholes.Add(reader.GetInt16(Ordinal));
                return true;
            case DoubleBuffer numbers when _type == typeof(double) && reader.GetDouble(Ordinal) is var number && double.IsFinite(number):
                numbers.Add(number);
                return true;
            case DoubleBuffer numbers when _type == typeof(decimal):
                numbers.Add(DecimalNumber.ToDouble(reader.GetDecimal(Ordinal)));
                return true;
            case SingleBuffer singles when _type == typeof(float) && reader.GetFloat(Ordinal) is var single && float.IsFinite(single):
                singles.Add(single);
                return true;
            case BooleanBuffer booleans when _type == typeof(bool):
                booleans.Add(reader.GetBoolean(Ordinal));
                return true;
            case CategoryBuffer words when _type == typeof(string):
                words.Add(reader.GetString(Ordinal));
                return true;
            default:
                return false;
        }
    }
}
