using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>The number of a row in a table, or none; the default is none.</summary>
internal readonly record struct RowNumber
{
    private readonly long _next;

    /// <param name="number">At least 0.</param>
    public RowNumber(long number) => _next = number + 1;

    public bool IsNone => _next == 0;

    /// <summary>The number; −1 where there is none.</summary>
    public long Value => _next - 1;

    /// <summary>This row, or another one where there is none.</summary>
    public RowNumber Or(RowNumber other) => IsNone ? other : this;

    public void WriteTo(ModelWriter writer, string name) => writer.Set(name, Value);

    public static RowNumber Read(ModelReader reader, string name) => Of(StatisticsFormat.Number(reader, name, -1), name);

    public static RowNumber Of(long value, string name) => value is >= -1 and < long.MaxValue
        ? value < 0 ? default : new RowNumber(value)
        : throw ModelReader.FormatError($"'{name}' is {value}, which is not a row number");
}
