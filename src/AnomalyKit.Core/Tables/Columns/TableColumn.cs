namespace AnomalyKit;

/// <summary>One column of a <see cref="FeatureTable"/>: a name and one cell per row, of which some may be missing.</summary>
/// <remarks>A view of memory that is not copied. Safe for any number of threads as long as nobody writes to that memory.</remarks>
public abstract class TableColumn
{
    private protected TableColumn(string name, int rowCount)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        RowCount = rowCount;
    }

    /// <summary>The name, as the source spells it.</summary>
    public string Name { get; }

    /// <summary>What the cells are.</summary>
    public abstract ColumnKind Kind { get; }

    /// <summary>The number of cells.</summary>
    public int RowCount { get; }

    /// <summary>The number of missing cells; counted again each time.</summary>
    public int MissingCount
    {
        get
        {
            int count = 0;
            for (int row = 0; row < RowCount; row++)
                count += IsMissing(row) ? 1 : 0;
            return count;
        }
    }

    /// <summary>Whether a cell is missing.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Whether the cell is missing.</returns>
    public abstract bool IsMissing(int row);

    /// <summary>A cell as text, the same on every machine: numbers with a point and as many digits as tell them apart, dates as ISO 8601, <c>true</c> and <c>false</c>.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>The text; <see langword="null"/> where the cell is missing.</returns>
    public abstract string? Text(int row);

    /// <summary>A run of rows, without copying.</summary>
    /// <param name="start">The zero-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>A column of the same name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the column.</exception>
    public abstract TableColumn Slice(int start, int count);

    /// <summary>The same cells under another name, without copying.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <returns>A new column.</returns>
    public abstract TableColumn WithName(string name);

    /// <summary>Copies of some cells.</summary>
    internal abstract TableColumn Select(ReadOnlySpan<int> rows);

    /// <summary>One column of this one's cells and those of columns of the same type, in order.</summary>
    internal abstract TableColumn Append(IReadOnlyList<TableColumn> others);

    private protected static T[] Pick<T>(ReadOnlySpan<T> cells, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            picked[i] = cells[rows[i]];
        return picked;
    }

    private protected T[] Join<TColumn, T>(IReadOnlyList<TableColumn> others, Func<TColumn, ReadOnlyMemory<T>> cells)
        where TColumn : TableColumn
    {
        var joined = new T[RowCount + others.Sum(other => other.RowCount)];
        cells((TColumn)this).Span.CopyTo(joined);
        int at = RowCount;
        foreach (var other in others)
        {
            cells((TColumn)other).Span.CopyTo(joined.AsSpan(at));
            at += other.RowCount;
        }

        return joined;
    }
}
