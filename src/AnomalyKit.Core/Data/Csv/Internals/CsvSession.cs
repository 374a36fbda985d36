namespace AnomalyKit.Csv;

/// <summary>One pass over a file: from its text to cells and labels in the caller's memory.</summary>
internal sealed class CsvSession : IDisposable, IAsyncDisposable
{
    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly ColumnPlan _plan;
    private readonly LabelParser _labels;
    private readonly RowProblems _problems;
    private readonly BadRowGate _gate;
    private readonly RowFeed _feed;
    private readonly PrecisionMonitor _monitor;
    private CsvFormatException? _pending;
    private bool _busy;
    private bool _disposed;

    private CsvSession(CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions options)
    {
        _source = source;
        _records = new CsvRecords(source, options);
        try
        {
            _plan = ColumnPlan.Read(_records, source.Errors, options, labelColumn, schema);
            _labels = new LabelParser(options.AnomalyLabels);
            _problems = new RowProblems(_records, _plan, source.Errors);
            _gate = new BadRowGate(options);
            var head = new HeadRows(PrecisionMonitor.PaddedColumns(_plan.Positions.Length), options.MaxRows ?? long.MaxValue);
            _feed = new RowFeed(source, _records, new RowParser(_records, _plan, _labels, _problems), _gate, head, options);
            var offsetPlan = OffsetPlanner.Choose(_plan.Names, head, schema, options);
            Schema = schema ?? new FeatureSchema(_plan.Names, offsetPlan.Offsets, _plan.IsNamed);
            _monitor = new PrecisionMonitor(offsetPlan);
        }
        catch
        {
            _records.Dispose();
            throw;
        }
    }

    /// <summary>The feature columns, with the offsets that their cells are stored with.</summary>
    public FeatureSchema Schema { get; }

    public bool HasLabels => _plan.LabelPosition >= 0;

    /// <summary>The rows given out so far.</summary>
    public long RowCount { get; private set; }

    public long SkippedRowCount => _gate.Skipped;

    public long BytesRead => _source.BytesRead;

    public CsvErrors Errors => _source.Errors;

    public IReadOnlyList<PrecisionLoss> PrecisionLosses => _monitor.Losses(Schema.ColumnNames);

    /// <summary>What is wrong with all labels parsed so far taken together, or nothing.</summary>
    public string? LabelProblem => HasLabels && !_feed.EndedEarly ? _labels.Problem : null;

    public static CsvSession Open(
        CsvSource source, string? labelColumn, FeatureSchema? schema, CsvOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (schema is not null && (options.Columns is not null || options.ColumnOffsets.Count > 0))
            {
                throw new ArgumentException(
                    "With a schema, the schema decides on columns and offsets: leave Columns and ColumnOffsets of the options alone.", nameof(options));
            }

            source.CancellationToken = cancellationToken;
            return new CsvSession(source, labelColumn, schema, options);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next rows into a matrix of its own memory.</summary>
    /// <param name="maxRows">The most rows wanted.</param>
    /// <param name="untilEnd">Whether to go on past rows that are refused, which throws, rather than to end before them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows; none at the end.</returns>
    public FeatureMatrix ReadMatrix(int maxRows, bool untilEnd, CancellationToken cancellationToken)
    {
        var builder = FeatureMatrixBuilder.OfAtMost(Schema, maxRows, isLikelyFull: RowCount > 0);
        var labels = new LabelBuffer(HasLabels);
        while (builder.RowCount < maxRows)
        {
            var cells = builder.GetSpan(maxRows - builder.RowCount);
            int wanted = cells.Length / Schema.ColumnCount;
            // Rows that are there already are handed out before an error is.
            bool mayThrow = untilEnd || builder.RowCount == 0;
            int read = Read(cells, labels.GetSpan(wanted), wanted, mayThrow, cancellationToken);
            builder.Advance(read);
            labels.Advance(read);
            if (read == 0 || (read < wanted && !untilEnd))
                break;
        }

        return builder.Build(labels.ToMemory(), HasLabels);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _records.Dispose();
        _source.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _records.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Reads rows into the caller's memory.</summary>
    /// <returns>The number of rows, fewer than wanted before a refused row and at the end.</returns>
    private int Read(Span<float> cells, Span<bool> labels, int maxRows, bool mayThrow, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_busy)
        {
            throw new InvalidOperationException(
                "An earlier read failed for good or was cancelled (or is still running), so the position in the file is unknown. Open the file again.");
        }

        _busy = true;
        _source.CancellationToken = cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        int columns = Schema.ColumnCount;
        int row = 0;
        while (row < maxRows && _pending is null)
        {
            if (!_feed.TryTake(out var parsed, out _pending))
            {
                if (_pending is null)
                    break;
            }
            else if (!_monitor.Encode(parsed.Values, parsed.Rests, cells.Slice(row * columns, columns)))
            {
                _pending = _gate.Judge(_problems.Overflow(parsed.Values, Schema.ColumnOffsets, parsed.Line));
                _feed.TakeBack();
            }
            else
            {
                if (HasLabels)
                    labels[row] = parsed.Label;
                row++;
            }
        }

        RowCount += row;
        if (_pending is not null && row == 0 && mayThrow)
        {
            var error = _pending;
            _pending = null;
            // Behind a row that is bad in itself the next one follows; where the text is broken nothing does.
            _busy = _feed.IsBroken && _feed.IsDrained;
            throw error;
        }

        _busy = false;
        return row;
    }
}
