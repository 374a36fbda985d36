using AnomalyKit.Objects;
using AnomalyKit.Tables;

namespace AnomalyKit;

public sealed partial class ObjectTable<T>
{
    /// <summary>Adds a column of numbers.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; NaN where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, float> value) => Plain(name, ColumnKind.Number, ColumnRole.Feature, value, static (name, cells) => new SingleColumn(name, cells));

    /// <summary>Adds a column of numbers.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, float?> value) => Singles(name, value);

    /// <summary>Adds a column of numbers.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; NaN where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, double> value) => Doubles(name, ColumnRole.Feature, value);

    /// <summary>Adds a column of numbers.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, double?> value) => Doubles(name, ColumnRole.Feature, value);

    /// <summary>Adds a column of numbers; they become the doubles next to them.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, decimal> value) => Decimals(name, value);

    /// <summary>Adds a column of numbers; they become the doubles next to them.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, decimal?> value) => Decimals(name, value);

    /// <summary>Adds a column of whole numbers, all digits of which are kept.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, long> value) => Wholes(name, ColumnRole.Feature, value);

    /// <summary>Adds a column of whole numbers, all digits of which are kept.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Number(string name, Func<T, long?> value) => Wholes(name, ColumnRole.Feature, value);

    private ObjectTable<T> Singles(string name, Func<T, float?> value) => Buffered(
        name, ColumnKind.Number, ColumnRole.Feature, value, static name => new SingleBuffer(name), static (buffer, cell) =>
        {
            buffer.Add(cell ?? float.NaN);
            return null;
        });

    private ObjectTable<T> Doubles(string name, ColumnRole role, Func<T, double> value) =>
        Plain(name, ColumnKind.Number, role, value, static (name, cells) => new DoubleColumn(name, cells));

    private ObjectTable<T> Doubles(string name, ColumnRole role, Func<T, double?> value) => Buffered(
        name, ColumnKind.Number, role, value, static name => new DoubleBuffer(name), static (buffer, cell) =>
        {
            buffer.Add(cell ?? double.NaN);
            return null;
        });

    private ObjectTable<T> Decimals(string name, Func<T, decimal> value) => Buffered(
        name, ColumnKind.Number, ColumnRole.Feature, value, static name => new DoubleBuffer(name), static (buffer, cell) =>
        {
            buffer.Add(DecimalNumber.ToDouble(cell));
            return null;
        });

    private ObjectTable<T> Decimals(string name, Func<T, decimal?> value) => Buffered(
        name, ColumnKind.Number, ColumnRole.Feature, value, static name => new DoubleBuffer(name), static (buffer, cell) =>
        {
            buffer.Add(cell is decimal number ? DecimalNumber.ToDouble(number) : double.NaN);
            return null;
        });

    private ObjectTable<T> Wholes(string name, ColumnRole role, Func<T, long> value) =>
        Plain(name, ColumnKind.Number, role, value, static (name, cells) => new Int64Column(name, cells));

    private ObjectTable<T> Wholes(string name, ColumnRole role, Func<T, long?> value) => Buffered(
        name, ColumnKind.Number, role, value, static name => new Int64Buffer(name), static (buffer, cell) =>
        {
            if (cell is long number)
                buffer.Add(number);
            else
                buffer.AddMissing();
            return null;
        });

    private ObjectTable<T> Plain<TCell>(string name, ColumnKind kind, ColumnRole role, Func<T, TCell> value, Func<string, TCell[], TableColumn> create)
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new PlainColumn<T, TCell>(new TableField(name, kind, role), value, create));
    }

    private ObjectTable<T> Buffered<TBuffer, TCell>(
        string name, ColumnKind kind, ColumnRole role, Func<T, TCell> value, Func<string, TBuffer> create, Func<TBuffer, TCell, string?> add)
        where TBuffer : ColumnBuffer
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new BufferedColumn<T, TBuffer, TCell>(new TableField(name, kind, role), value, create, add));
    }
}
