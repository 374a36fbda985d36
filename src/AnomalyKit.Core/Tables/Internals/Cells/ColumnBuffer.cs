using System.Runtime.InteropServices;

namespace AnomalyKit.Tables;

/// <summary>Collects the cells of one column of a batch, whose number of rows is not known beforehand.</summary>
/// <param name="name">The column's name.</param>
internal abstract class ColumnBuffer(string name)
{
    public string Name { get; } = name;

    /// <summary>The cells so far.</summary>
    public abstract int Count { get; }

    /// <summary>Appends a missing cell.</summary>
    public abstract void AddMissing();

    /// <summary>Forgets the cells behind the first ones: those of a row that cannot be used.</summary>
    public abstract void Cut(int count);

    /// <summary>Hands the cells out as a column of memory of its own, and starts anew.</summary>
    public abstract TableColumn Take();

    /// <summary>A buffer for cells of a kind.</summary>
    /// <param name="field">The column.</param>
    /// <param name="isWhole">Whether a number column holds whole numbers, all digits of which are kept.</param>
    public static ColumnBuffer Of(TableField field, bool isWhole) => field.Kind switch
    {
        ColumnKind.Number => isWhole ? new Int64Buffer(field.Name) : new DoubleBuffer(field.Name),
        ColumnKind.Boolean => new BooleanBuffer(field.Name),
        ColumnKind.DateTime => new DateTimeBuffer(field.Name),
        _ => new CategoryBuffer(field.Name),
    };

    /// <summary>The cells of a list as memory of their own, not much larger than they are.</summary>
    private protected static ReadOnlyMemory<T> Take<T>(List<T> cells)
    {
        var taken = CollectionsMarshal.AsSpan(cells).ToArray();
        cells.Clear();
        return taken;
    }

    private protected static void Cut<T>(List<T> cells, int count)
    {
        if (cells.Count > count)
            CollectionsMarshal.SetCount(cells, count);
    }
}
