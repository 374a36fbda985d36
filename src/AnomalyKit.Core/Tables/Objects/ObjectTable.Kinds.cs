using AnomalyKit.Tables;

namespace AnomalyKit;

public sealed partial class ObjectTable<T>
{
    /// <summary>Adds a column of words.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Category(string name, Func<T, string?> value) => Words(name, ColumnRole.Feature, value);

    /// <summary>Adds a column of yes and no.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Boolean(string name, Func<T, bool> value) => Booleans(name, ColumnRole.Feature, Then(value, static cell => (bool?)cell));

    /// <summary>Adds a column of yes and no.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Boolean(string name, Func<T, bool?> value) => Booleans(name, ColumnRole.Feature, value);

    /// <summary>Adds a column of dates and times. UTC and local times are points in time and become UTC; times of no kind are kept as they are.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateTime> value) => Times(name, Then(value, static cell => (DateTime?)cell));

    /// <summary>Adds a column of dates and times. UTC and local times are points in time and become UTC; times of no kind are kept as they are.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateTime?> value) => Times(name, value);

    /// <summary>Adds a column of points in time, kept in UTC.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateTimeOffset> value) => Times(name, Then(value, static cell => (DateTime?)cell.UtcDateTime));

    /// <summary>Adds a column of points in time, kept in UTC.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateTimeOffset?> value) => Times(name, Then(value, static cell => cell?.UtcDateTime));

    /// <summary>Adds a column of dates.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateOnly> value) => Times(name, Then(value, static cell => (DateTime?)cell.ToDateTime(TimeOnly.MinValue)));

    /// <summary>Adds a column of dates.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> DateTime(string name, Func<T, DateOnly?> value) => Times(name, Then(value, static cell => cell?.ToDateTime(TimeOnly.MinValue)));

    /// <summary>Adds a column that names the row and rides along; no detector looks at it.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is missing.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Id(string name, Func<T, string?> value) => Words(name, ColumnRole.Id, value);

    /// <summary>Adds a column that names the row and rides along; no detector looks at it.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; every digit is kept.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Id(string name, Func<T, long> value) => Wholes(name, ColumnRole.Id, value);

    /// <summary>Adds a column that names the row and rides along; no detector looks at it.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public ObjectTable<T> Id(string name, Func<T, Guid> value) => Words(name, ColumnRole.Id, Then(value, static cell => (string?)cell.ToString()));

    /// <summary>Adds the column that says which rows are anomalies.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken, or there is a label already.</exception>
    public ObjectTable<T> Label(string name, Func<T, bool> value) => Booleans(name, ColumnRole.Label, Then(value, static cell => (bool?)cell));

    /// <summary>Adds the column that says which rows are anomalies.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is not known.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken, or there is a label already.</exception>
    public ObjectTable<T> Label(string name, Func<T, bool?> value) => Booleans(name, ColumnRole.Label, value);

    /// <summary>Adds the column that says which rows are anomalies.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object; null where it is not known.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken, or there is a label already.</exception>
    public ObjectTable<T> Label(string name, Func<T, string?> value) => Words(name, ColumnRole.Label, value);

    /// <summary>Adds the column that says how often a row counts when a detector is fitted: a number, at least 0.</summary>
    /// <param name="name">The name, not blank and not taken.</param>
    /// <param name="value">Its cell of an object.</param>
    /// <returns>A table with one more column.</returns>
    /// <exception cref="ArgumentException">The name is blank or taken, or there is a weight already.</exception>
    public ObjectTable<T> Weight(string name, Func<T, double> value) => Doubles(name, ColumnRole.Weight, value);

    private static Func<T, TNext> Then<TCell, TNext>(Func<T, TCell> value, Func<TCell, TNext> next)
    {
        ArgumentNullException.ThrowIfNull(value);
        return item => next(value(item));
    }

    private ObjectTable<T> Words(string name, ColumnRole role, Func<T, string?> value) => Buffered(
        name, ColumnKind.Category, role, value, static name => new CategoryBuffer(name), static (buffer, cell) =>
        {
            if (cell is null)
                buffer.AddMissing();
            else
                buffer.Add(cell);
            return null;
        });

    private ObjectTable<T> Booleans(string name, ColumnRole role, Func<T, bool?> value) => Buffered(
        name, ColumnKind.Boolean, role, value, static name => new BooleanBuffer(name), static (buffer, cell) =>
        {
            if (cell is bool yes)
                buffer.Add(yes);
            else
                buffer.AddMissing();
            return null;
        });

    private ObjectTable<T> Times(string name, Func<T, DateTime?> value) => Buffered(
        name, ColumnKind.DateTime, ColumnRole.Feature, value, static name => new DateTimeBuffer(name), static (buffer, cell) =>
        {
            if (cell is { } time)
                return buffer.TryAdd(time) ? null : $"{time:O}: {buffer.Mismatch}";
            buffer.AddMissing();
            return null;
        });
}
