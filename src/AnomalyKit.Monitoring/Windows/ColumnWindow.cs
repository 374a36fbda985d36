using System.Globalization;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>Gathers a column of a window in constant memory.</summary>
internal sealed class ColumnWindow
{
    private readonly ColumnProfile _reference;
    private readonly QuantileSketch? _sketch;
    private readonly long[] _counts;
    private readonly Dictionary<string, int> _slots;
    private readonly Dictionary<int, int> _codes = [];
    private long _others;
    private long _missing;
    private long _rows;

    public ColumnWindow(ColumnProfile reference, ulong seed)
    {
        _reference = reference;
        _sketch = reference.Sketch is null ? null : new QuantileSketch(QuantileSketch.DefaultCapacity, seed);
        _counts = new long[reference.Levels.Count];
        _slots = new Dictionary<string, int>(_counts.Length, StringComparer.Ordinal);
        for (int i = 0; i < _counts.Length; i++)
        {
            _slots.Add(reference.Levels[i], i);
            if (int.TryParse(reference.Levels[i], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
                _codes[code] = i;
        }
    }

    public string Name => _reference.Name;

    /// <summary>Whether nothing is added to it.</summary>
    public bool IsIgnored { get; set; }

    public ColumnKind Kind => _reference.Kind;

    public ColumnSummary Summary() => new(
        Name, Kind, _sketch, _slots.ToDictionary(slot => slot.Key, slot => _counts[slot.Value], StringComparer.Ordinal), _others, _missing, _rows, !IsIgnored);

    /// <param name="values">Finite values, NaN for missing.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        _rows += values.Length;
        if (_sketch is not null)
        {
            _missing += values.Length - _sketch.Add(values);
            return;
        }

        foreach (double value in values)
        {
            if (double.IsNaN(value))
                _missing++;
            else
                Count(_codes.GetValueOrDefault((int)value, -1));
        }
    }

    public void Add(CategoryColumn column)
    {
        int[] slots = [.. column.Levels.Select(level => _slots.GetValueOrDefault(level, -1))];
        foreach (int code in column.Codes.Span)
        {
            if (code < 0)
                _missing++;
            else
                Count(slots[code]);
        }

        _rows += column.RowCount;
    }

    public void Add(BooleanColumn column)
    {
        int yes = _slots.GetValueOrDefault("true", -1);
        int no = _slots.GetValueOrDefault("false", -1);
        foreach (sbyte cell in column.Cells.Span)
        {
            if (cell == BooleanColumn.MissingCell)
                _missing++;
            else
                Count(cell == 1 ? yes : no);
        }

        _rows += column.RowCount;
    }

    private void Count(int slot)
    {
        if (slot < 0)
            _others++;
        else
            _counts[slot]++;
    }
}
