using AnomalyKit.Tables;

namespace AnomalyKit.Objects;

/// <summary>One column of a table of objects: how a cell is had from an object.</summary>
/// <typeparam name="T">The objects.</typeparam>
internal abstract class ObjectColumn<T>(TableField field)
{
    public TableField Field { get; } = field;

    /// <summary>Begins a reading.</summary>
    public abstract ObjectCells<T> Begin();
}

/// <summary>The cells of one column in one reading.</summary>
/// <typeparam name="T">The objects.</typeparam>
internal abstract class ObjectCells<T>
{
    /// <summary>Takes the cells from objects.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="firstRow">The row of the first one.</param>
    public abstract TableColumn Take(ReadOnlySpan<T> items, long firstRow);
}

/// <summary>A column whose cells go through a buffer one by one.</summary>
internal sealed class BufferedColumn<T, TBuffer, TCell>(TableField field, Func<T, TCell> cell, Func<string, TBuffer> create, Func<TBuffer, TCell, string?> add)
    : ObjectColumn<T>(field)
    where TBuffer : ColumnBuffer
{
    public override ObjectCells<T> Begin() => new Cells(Field.Name, cell, create(Field.Name), add);

    private sealed class Cells(string name, Func<T, TCell> cell, TBuffer buffer, Func<TBuffer, TCell, string?> add) : ObjectCells<T>
    {
        public override TableColumn Take(ReadOnlySpan<T> items, long firstRow)
        {
            int row = 0;
            string? problem = null;
            try
            {
                for (; row < items.Length; row++)
                {
                    problem = add(buffer, cell(items[row]));
                    if (problem is not null)
                        break;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw ObjectProblem.Thrown(name, firstRow + row, e);
            }

            return problem is null ? buffer.Take() : throw ObjectProblem.Refused(name, firstRow + row, problem);
        }
    }
}

/// <summary>A column of numbers that lie in memory as they come.</summary>
internal sealed class PlainColumn<T, TCell>(TableField field, Func<T, TCell> cell, Func<string, TCell[], TableColumn> create) : ObjectColumn<T>(field)
{
    public override ObjectCells<T> Begin() => new Cells(Field.Name, cell, create);

    private sealed class Cells(string name, Func<T, TCell> cell, Func<string, TCell[], TableColumn> create) : ObjectCells<T>
    {
        public override TableColumn Take(ReadOnlySpan<T> items, long firstRow)
        {
            var cells = new TCell[items.Length];
            int row = 0;
            try
            {
                for (; row < items.Length; row++)
                    cells[row] = cell(items[row]);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw ObjectProblem.Thrown(name, firstRow + row, e);
            }

            return create(name, cells);
        }
    }
}
