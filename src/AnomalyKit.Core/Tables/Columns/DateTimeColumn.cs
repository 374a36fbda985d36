using System.Globalization;

namespace AnomalyKit;

/// <summary>A column of dates and times: points in time (UTC), or what a clock on the wall shows.</summary>
/// <remarks>A source that says which time zone its times are in gives points in time, and they are kept in UTC; one that does not gives times as they are written. The two do not mix
/// within a column: an hour of the day would mean two things.</remarks>
public sealed class DateTimeColumn : TableColumn
{
    /// <summary>The cell of a missing value.</summary>
    public const long MissingCell = long.MinValue;

    /// <summary>Looks at existing memory as a column, without copying it.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="ticks">One cell per row: units of 100 ns since 0001-01-01T00:00:00, as <see cref="DateTime.Ticks"/> has them; <see cref="MissingCell"/> where it is missing.</param>
    /// <param name="isUtc">Whether the cells are points in time, in UTC; otherwise they are times as they were written.</param>
    /// <exception cref="ArgumentException">A cell lies outside the years 1 to 9999.</exception>
    public DateTimeColumn(string name, ReadOnlyMemory<long> ticks, bool isUtc)
        : base(name, ticks.Length)
    {
        var cells = ticks.Span;
        for (int i = 0; i < cells.Length; i++)
        {
            if ((ulong)cells[i] > (ulong)DateTime.MaxValue.Ticks && cells[i] != MissingCell)
                throw new ArgumentException($"Cell {i} of the column '{name}' is {cells[i]} ticks, which is outside the years 1 to 9999.", nameof(ticks));
        }

        Ticks = ticks;
        IsUtc = isUtc;
    }

    private DateTimeColumn(string name, bool isUtc, ReadOnlyMemory<long> checkedTicks)
        : base(name, checkedTicks.Length)
    {
        Ticks = checkedTicks;
        IsUtc = isUtc;
    }

    /// <summary>Units of 100 ns since 0001-01-01T00:00:00; <see cref="MissingCell"/> where a cell is missing.</summary>
    public ReadOnlyMemory<long> Ticks { get; }

    /// <summary>Whether the cells are points in time, in UTC; otherwise they are times as they were written.</summary>
    public bool IsUtc { get; }

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.DateTime;

    /// <summary>A cell.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>The time, of kind <see cref="DateTimeKind.Utc"/> or <see cref="DateTimeKind.Unspecified"/>; <see langword="null"/> where it is missing.</returns>
    public DateTime? Value(int row) => IsMissing(row) ? null : new DateTime(Ticks.Span[row], IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Ticks.Span[row] == MissingCell;

    /// <inheritdoc/>
    public override string? Text(int row) => Value(row)?.ToString(IsUtc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TableColumn Slice(int start, int count) => new DateTimeColumn(Name, IsUtc, Ticks.Slice(start, count));

    /// <inheritdoc/>
    public override TableColumn WithName(string name) => new DateTimeColumn(name, IsUtc, Ticks);

    internal override TableColumn Select(ReadOnlySpan<int> rows) => new DateTimeColumn(Name, IsUtc, Pick(Ticks.Span, rows));

    internal override TableColumn Append(IReadOnlyList<TableColumn> others) =>
        new DateTimeColumn(Name, IsUtc, Join<DateTimeColumn, long>(others, column => column.Ticks));
}
