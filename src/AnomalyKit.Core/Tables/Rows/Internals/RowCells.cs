using System.Globalization;
using System.Text.Json;
using AnomalyKit.Csv;
using AnomalyKit.Tables;

namespace AnomalyKit.Rows;

/// <summary>Collects rows cell by cell, and sees to it that each has every column once.</summary>
internal sealed class RowCells
{
    private readonly RowPlan _plan;
    private readonly ColumnBuffer[] _buffers;
    private readonly bool _allowMissing;
    private readonly bool _refuseExtra;
    private int _row;

    public RowCells(RowPlan plan, bool allowMissing, bool refuseExtra)
    {
        _plan = plan;
        _allowMissing = allowMissing;
        _refuseExtra = refuseExtra;
        _buffers = [.. plan.Schema.Fields.Select(field => ColumnBuffer.Of(field, isWhole: field.Role == ColumnRole.Id))];
    }

    /// <summary>Finds the column of a name.</summary>
    /// <returns>The column, or −1 for a name that is to be ignored.</returns>
    public int Find(string name)
    {
        if (!_plan.Indexes.TryGetValue(name, out int column))
        {
            return _refuseExtra
                ? throw Problem(name, $"there is no such column. The columns are: {_plan.Schema.Names()}")
                : -1;
        }

        return _buffers[column].Count == _row
            ? column
            : throw Problem(name, "the name occurs twice in the row. Give each column once");
    }

    public void Add(string name, object? value)
    {
        int column = Find(name);
        if (column >= 0)
            Set(column, value is JsonElement element ? Unwrap(name, element) : value);
    }

    /// <summary>Appends a cell of the current row.</summary>
    public void Set(int column, object? value)
    {
        if (ValueCell.Add(_buffers[column], value, isLoose: false) is { } problem)
            throw Problem(_plan.Schema.Fields[column].Name, $"{problem}. {Expected(column)}");
    }

    /// <summary>Appends a number of the current row.</summary>
    public bool TrySet(int column, double number)
    {
        if (_buffers[column] is not DoubleBuffer numbers || !double.IsFinite(number))
            return false;
        numbers.Add(number);
        return true;
    }

    /// <summary>What a column holds, for messages.</summary>
    public string Expected(int column)
    {
        var field = _plan.Schema.Fields[column];
        string what = field.Kind switch
        {
            ColumnKind.Number => _buffers[column] is Int64Buffer ? "a whole number" : "a finite number",
            ColumnKind.Boolean => "true or false",
            ColumnKind.DateTime => IsoDateTime.Expected,
            _ => "a text",
        };
        return $"The column expects {what}, or null where it is missing";
    }

    public void EndRow()
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            if (_buffers[i].Count > _row)
                continue;
            if (!_allowMissing && !_plan.IsDispensable(i))
                throw Problem(_plan.Schema.Fields[i].Name, "the row does not have it. Give it, as null where its value is not known, or set RowTable.AllowMissingColumns");
            _buffers[i].AddMissing();
        }

        _row++;
    }

    public FeatureTable Take() => new(_buffers.Select(buffer => buffer.Take()), _plan.Schema);

    public TableDataException Problem(string? column, string problem, Exception? inner = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"Row {_row}{(column is null ? "" : $", column '{CsvErrors.Printable(column)}'")}: {problem}."), _row, column, inner);

    private object? Unwrap(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        _ => throw Problem(name, $"it is a JSON {element.ValueKind.ToString().ToLowerInvariant()}; a single value was expected"),
    };
}
