using AnomalyKit.ML.Inputs;
using Microsoft.ML;

namespace AnomalyKit.ML.Views;

/// <summary>Data and the scores of its rows, made when a cursor goes through them.</summary>
internal sealed class ScoredView : IDataView
{
    private readonly IDataView _data;
    private readonly DetectorInput _input;
    private readonly IReadOnlyList<DataViewSchema.Column> _sources;

    public ScoredView(IDataView data, DetectorInput input)
    {
        _data = data;
        _input = input;
        _sources = input.Find(data.Schema);
        Schema = ScoredSchema.Of(data.Schema, input);
    }

    public bool CanShuffle => _data.CanShuffle;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _data.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var wanted = Wanted(columnsNeeded);
        var cursor = _data.GetRowCursor(Needed(wanted), rand);
        return new ScoredCursor(cursor, Schema, wanted, Pending(cursor, wanted), _input);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var wanted = Wanted(columnsNeeded);
        var cursors = _data.GetRowCursorSet(Needed(wanted), n, rand);
        return Array.ConvertAll(cursors, cursor => new ScoredCursor(cursor, Schema, wanted, Pending(cursor, wanted), _input));
    }

    private bool[] Wanted(IEnumerable<DataViewSchema.Column> columns)
    {
        var wanted = new bool[Schema.Count];
        foreach (var column in columns)
        {
            if (column.Index >= wanted.Length || Schema[column.Index].Name != column.Name)
                throw new ArgumentException($"Column {column.Index}, '{column.Name}', is none of this data. Take columns from its own Schema.", nameof(columns));
            wanted[column.Index] = true;
        }

        return wanted;
    }

    private bool IsScored(bool[] wanted) => wanted.AsSpan(_data.Schema.Count).Contains(true);

    /// <summary>The columns of the data that are wanted, and those that scores need.</summary>
    private DataViewSchema.Column[] Needed(bool[] wanted)
    {
        var passed = _data.Schema.Where(column => wanted[column.Index]);
        return [.. IsScored(wanted) ? passed.Union(_sources) : passed];
    }

    private PendingRows? Pending(DataViewRowCursor cursor, bool[] wanted) => IsScored(wanted) ? _input.Open(cursor) : null;
}
