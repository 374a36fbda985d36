using AnomalyKit.Parquet.Cells;
using AnomalyKit.Parquet.Pages;
using ParquetSharp;

namespace AnomalyKit.Parquet.Reading;

/// <summary>The columns of a row group, all at the same row.</summary>
internal sealed class RowGroupCursor : IDisposable
{
    private readonly RowGroupReader _group;
    private readonly WantedColumn[] _wanted;
    private readonly ColumnReader?[] _readers;
    private readonly ColumnCells?[] _cells;

    public RowGroupCursor(OpenFile file, int group, WantedColumn[] wanted)
    {
        _wanted = wanted;
        _readers = new ColumnReader?[wanted.Length];
        _cells = new ColumnCells?[wanted.Length];
        _group = file.Reader.RowGroup(group);
        try
        {
            RowsLeft = _group.MetaData.NumRows;
            for (int i = 0; i < wanted.Length; i++)
            {
                if (wanted[i].Partition is not null)
                    continue;
                int column = ParquetDataset.IndexOf(file, wanted[i].Field.Name);
                PageGuard.Check(file.Stream, file.Chunks[group][column]);
                _readers[i] = _group.Column(column);
                _cells[i] = CellChoice.For(_readers[i]!.ColumnDescriptor, wanted[i].EveryDigit, out string reason) ?? throw new InvalidDataException(reason);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public long RowsLeft { get; private set; }

    /// <summary>The next rows of all columns.</summary>
    public TableColumn[] Read(int file, int rows, long firstRow)
    {
        var columns = new TableColumn[_wanted.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            var column = _wanted[i].Partition is { } partition
                ? partition.Read(file, rows)
                : _cells[i]!.Read(_readers[i]!, _wanted[i].Field.Name, rows, firstRow);
            columns[i] = _wanted[i].Unify(column, firstRow);
        }

        RowsLeft -= rows;
        if (RowsLeft == 0)
            CheckEnd();
        return columns;
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader?.Dispose();
        _group.Dispose();
    }

    private void CheckEnd()
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            if (_readers[i] is { HasNext: true })
                throw new InvalidDataException($"column '{_wanted[i].Field.Name}' has more cells than its row group has rows");
        }
    }
}
