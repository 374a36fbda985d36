using AnomalyKit.Numerics;

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
    private readonly int[] _numberColumns;
    private readonly CorrelationSample _correlated;

    public TableTally(TableSchema schema, InspectionOptions options)
    {
        _columns = [.. schema.Fields.Select(field => ColumnTally.Of(field, options))];
        BatchRows = Math.Clamp(MaxBatchCells / _columns.Length, MinBatchRows, MaxBatchRows);
        _hashes = [.. _columns.Select(_ => new ulong[BatchRows])];
        _rows = new RepeatedRows(options.MaxDistinctRows);
        _numberColumns = [.. Enumerable.Range(0, _columns.Length).Where(column => _columns[column] is NumberTally { Field.Role: ColumnRole.Feature })];
        _correlated = new CorrelationSample(_numberColumns[..Math.Min(_numberColumns.Length, options.MaxCorrelatedColumns)]);
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

        _correlated.Add(batch);
        RowCount += batch.RowCount;
    }

    public TableInspection Result()
    {
        ColumnInspection[] columns = [.. _columns.Select(column => column.Result())];
        bool hasFeatures = _columns.Any(column => column.Field.Role == ColumnRole.Feature);
        long duplicates = hasFeatures ? _rows.Count() : 0;
        bool hasLabel = columns.Any(column => column.Role == ColumnRole.Label);
        InspectionFinding[] ofColumns = [.. _columns.SelectMany((tally, i) => ColumnFindings.Of(tally, columns[i], hasLabel))];
        var copies = CopyFindings.Copies(_columns);
        string[] names = [.. columns.Select(column => column.Name)];
        var (pairs, correlations) = CorrelationFindings.Of(_correlated, _numberColumns, names, Incomparable(columns, ofColumns, copies), _parallel);
        InspectionFinding[] findings =
        [
            .. RowFindings.Of(RowCount),
            .. ofColumns,
            .. copies.Select(CopyFindings.Finding),
            .. CorrelationFindings.Findings(pairs, correlations, names, RowCount),
            .. RowFindings.OfDuplicates(RowCount, duplicates, _rows.IsExact),
            .. LabelFindings.Of(_columns, columns),
        ];
        return new TableInspection(RowCount, columns, [.. findings.OrderByDescending(finding => finding.BlocksFit)], duplicates, _rows.IsExact) { Correlations = correlations };
    }

    /// <summary>Columns that only name rows, do not vary, or are copies of others.</summary>
    private static HashSet<string> Incomparable(ColumnInspection[] columns, InspectionFinding[] findings, ColumnTally[][] copies) => new(
        [
            .. findings.Where(finding => finding.Kind == InspectionFindingKind.Identifier).SelectMany(finding => finding.ColumnNames),
            .. columns.Where(column => column.DistinctCount <= 1).Select(column => column.Name),
            .. copies.SelectMany(some => some.Skip(1)).Select(column => column.Field.Name),
        ],
        StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
    }
}
