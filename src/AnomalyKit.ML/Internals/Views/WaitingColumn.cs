using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Views;

/// <summary>Cells of a column that wait until their rows are scored.</summary>
internal abstract class WaitingColumn
{
    private static readonly MethodInfo MakeOf = typeof(WaitingColumn).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Takes the cell of the cursor's row.</summary>
    /// <param name="row">Its place among those that wait.</param>
    /// <returns>How many values it has.</returns>
    public abstract int Take(int row);

    /// <summary>Gives the cell of a row.</summary>
    /// <param name="row">Says which.</param>
    public abstract Delegate Getter(Func<int> row);

    /// <param name="cursor">A cursor in which the column is active.</param>
    /// <param name="column">The column.</param>
    /// <param name="rows">How many rows can wait.</param>
    public static WaitingColumn Of(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) => column.Type is VectorDataViewType vector
        ? (WaitingColumn)Activator.CreateInstance(typeof(WaitingVectors<>).MakeGenericType(vector.ItemType.RawType), cursor, column, rows)!
        : (WaitingColumn)MakeOf.MakeGenericMethod(column.Type.RawType).Invoke(null, [cursor, column, rows])!;

    private static WaitingColumn<T> Make<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) => new(cursor.GetGetter<T>(column), rows);
}

/// <summary>Cells of one value each.</summary>
internal sealed class WaitingColumn<T>(ValueGetter<T> source, int rows) : WaitingColumn
{
    private readonly T[] _cells = new T[rows];

    public override int Take(int row)
    {
        source(ref _cells[row]);
        return 1;
    }

    public void Give(int row, ref T cell) => cell = _cells[row];

    public override Delegate Getter(Func<int> row) => (ValueGetter<T>)((ref T cell) => cell = _cells[row()]);
}

/// <summary>Cells of several values each. Whoever asks gets a copy, for the memory of a cell is used again.</summary>
internal sealed class WaitingVectors<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) : WaitingColumn
{
    private readonly ValueGetter<VBuffer<T>> _source = cursor.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] _cells = new VBuffer<T>[rows];

    public override int Take(int row)
    {
        _source(ref _cells[row]);
        return _cells[row].GetValues().Length;
    }

    public override Delegate Getter(Func<int> row) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> cell) => _cells[row()].CopyTo(ref cell));
}
