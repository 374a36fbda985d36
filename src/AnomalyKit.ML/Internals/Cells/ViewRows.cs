using Microsoft.ML;

namespace AnomalyKit.ML.Cells;

/// <summary>Reads the rows of a data view as tables.</summary>
internal sealed class ViewRows(IDataView data, TableLayout layout) : IDisposable
{
    private const int RowsBetweenChecks = 1024;

    private DataViewRowCursor? _cursor;
    private CellReader[] _readers = [];
    private bool _ended;

    public ViewColumns Columns { get; } = new(data.Schema, layout);

    public long RowCount { get; private set; }

    public long? TotalRowCount => data.GetRowCount();

    /// <summary>The next rows; null at the end. After an error there are no more.</summary>
    public FeatureTable? Read(int maxRows, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        _ended = true;
        _cursor ??= Open();
        int rows = 0;
        bool isMore = true;
        while (rows < maxRows)
        {
            if (rows % RowsBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            isMore = _cursor.MoveNext();
            if (!isMore)
                break;
            foreach (var reader in _readers)
                reader.Read();
            rows++;
        }

        var table = rows > 0 ? Columns.Take(_readers, RowCount) : null;
        RowCount += rows;
        _ended = !isMore;
        return table;
    }

    public void Dispose()
    {
        _ended = true;
        _cursor?.Dispose();
    }

    private DataViewRowCursor Open()
    {
        var cursor = data.GetRowCursor(Columns.Sources);
        _readers = Columns.Open(cursor);
        return cursor;
    }
}
