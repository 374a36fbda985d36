namespace AnomalyKit;

/// <summary>What is counted of a table, batch by batch.</summary>
internal sealed class TableTally : IDisposable
{
    private const int MinBatchRows = 256;
    private const int MaxBatchRows = 1 << 14;
    // Cells of a batch of wide tables: 8 bytes for the hash of each.
    private const int MaxBatchCells = 1 << 21;

    private readonly ColumnTally[] _columns;
    private readonly ulong[][] _hashes;
    private readonly RepeatedRows _rows;
    private readonly ParallelOptions _parallel;

    public TableTally(TableSchema schema, InspectionOptions options)
    {
        _columns = [.. schema.Fields.Select(field => ColumnTally.Of(field, options))];
        BatchRows = Math.Clamp(MaxBatchCells / _columns.Length, MinBatchRows, MaxBatchRows);
        _hashes = [.. _columns.Select(_ => new ulong[BatchRows])];
        _rows = new RepeatedRows(options.MaxDistinctRows);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism };
    }

    /// <summary>The most rows of a batch.</summary>
    public int BatchRows { get; }

    public long RowCount { get; private set; }

    public void Add(FeatureTable batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Parallel.For(0, _columns.Length, _parallel, column => _columns[column].Add(batch.Columns[column], _hashes[column]));
        for (int row = 0; row < batch.RowCount; row++)
        {
            ulong hash = 0;
            for (int column = 0; column < _columns.Length; column++)
            {
                // Sums of places that are mixed with their cells: equal rows have equal sums, and swapped cells have others.
                if (_columns[column].Field.Role == ColumnRole.Feature)
                    hash += CellHash.Mix(_hashes[column][row] + ((ulong)column * CellHash.Missing));
            }

            _rows.Add(CellHash.Mix(hash));
        }

        RowCount += batch.RowCount;
    }

    public TableInspection Result()
    {
        ColumnInspection[] columns = [.. _columns.Select(column => column.Result())];
        bool hasFeatures = _columns.Any(column => column.Field.Role == ColumnRole.Feature);
        long duplicates = hasFeatures ? _rows.Count() : 0;
        InspectionFinding[] findings =
        [
            .. RowFindings.Of(RowCount),
            .. _columns.SelectMany((tally, i) => ColumnFindings.Of(tally, columns[i])),
            .. CopyFindings.Of(_columns),
            .. RowFindings.OfDuplicates(RowCount, duplicates, _rows.IsExact),
            .. LabelFindings.Of(_columns, columns),
        ];
        return new TableInspection(RowCount, columns, [.. findings.OrderByDescending(finding => finding.BlocksFit)], duplicates, _rows.IsExact);
    }

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
    }
}
