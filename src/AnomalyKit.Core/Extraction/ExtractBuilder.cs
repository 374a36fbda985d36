using AnomalyKit.Preparation;

namespace AnomalyKit.Extraction;

/// <summary>Goes through a part of a table and keeps the rows that a fit needs.</summary>
internal sealed class ExtractBuilder
{
    private const int MaxPieces = 64;

    private readonly RowSubset _wanted;
    private readonly long _firstRow;
    private readonly TableStatistics _statistics;
    private readonly List<KeptRows> _pieces = [];
    private int _next;

    /// <param name="schema">The columns; all are features.</param>
    /// <param name="wanted">The rows of the whole table that are drawn.</param>
    /// <param name="firstRow">The number of the first row of the part.</param>
    public ExtractBuilder(TableSchema schema, RowSubset wanted, long firstRow)
    {
        _statistics = new TableStatistics(schema);
        _wanted = wanted;
        _firstRow = firstRow;
        EndRow = firstRow;
        int index = wanted.Numbers.Span.BinarySearch(firstRow);
        _next = index < 0 ? ~index : index;
    }

    /// <summary>The number of the row behind those gone through.</summary>
    public long EndRow { get; private set; }

    /// <summary>Goes through the next rows.</summary>
    public void Add(FeatureTable batch)
    {
        long start = EndRow;
        if (batch.RowCount > _wanted.TotalRowCount - start)
            throw new TableDataException($"There are more rows than the {_wanted.TotalRowCount} that were announced for the table. Check whether a file has changed since its rows were counted.");
        _statistics.Add(batch, start);
        EndRow = start + batch.RowCount;
        var drawn = new HashSet<long>();
        for (; _next < _wanted.Count && _wanted.Numbers.Span[_next] < EndRow; _next++)
            drawn.Add(_wanted.Numbers.Span[_next]);
        long[] kept = [.. _statistics.Witnesses().Where(row => row >= start).Union(drawn).Order()];
        if (kept.Length == 0)
            return;
        var rows = batch.SelectRows(Array.ConvertAll(kept, row => (int)(row - start)));
        _pieces.Add(new KeptRows(kept, Array.ConvertAll(kept, drawn.Contains), rows.Trimmed(_statistics.Schema)));
        if (_pieces.Count >= MaxPieces)
            Compact();
    }

    public TableExtract Build(int sampleSize)
    {
        Compact();
        var kept = _pieces[0];
        return new TableExtract(_firstRow, EndRow, sampleSize, kept.Table, new RowSubset(_wanted.TotalRowCount, kept.Numbers), kept.IsDrawn, _statistics);
    }

    private void Compact()
    {
        var all = KeptRows.Concat(_pieces, _statistics.Schema, _statistics.Witnesses());
        _pieces.Clear();
        _pieces.Add(all);
    }
}
