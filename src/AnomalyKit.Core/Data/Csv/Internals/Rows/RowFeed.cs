namespace AnomalyKit.Csv;

/// <summary>Hands out the rows of a file one after the other, the first ones from memory, and keeps bad ones to the policy.</summary>
internal sealed class RowFeed
{
    private const int ProgressRows = 4096;

    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly RowParser _parser;
    private readonly BadRowGate _gate;
    private readonly IProgress<CsvProgress>? _progress;
    private readonly long _maxRows;
    private HeadRows? _head;
    private long _parsedRows;

    /// <summary>Reads the first rows.</summary>
    public RowFeed(CsvSource source, CsvRecords records, RowParser parser, BadRowGate gate, HeadRows head, CsvOptions options)
    {
        _source = source;
        _records = records;
        _parser = parser;
        _gate = gate;
        _progress = options.Progress;
        _maxRows = options.MaxRows ?? long.MaxValue;
        while (!head.IsFull && !HasEnded && !IsBroken)
        {
            if (TryParse(out var row, out var error))
                head.Add(row);
            else if (error is not null)
                head.Add(error);
        }

        _head = head;
    }

    /// <summary>Whether the last row was parsed; rows may still be kept in memory.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the reading ended because of <see cref="CsvOptions.MaxRows"/>, so that the rest of the file is unknown.</summary>
    public bool EndedEarly { get; private set; }

    /// <summary>Whether the text cannot be divided into further rows.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether everything was handed out.</summary>
    public bool IsDrained => (_head is null || _head.IsDrained) && (HasEnded || IsBroken);

    /// <summary>The next row.</summary>
    /// <returns>False where there is an error instead, or nothing more.</returns>
    public bool TryTake(out ParsedRow row, out CsvFormatException? error)
    {
        if (_head is not null)
        {
            if (_head.TryTake(out row, out error) || error is not null)
                return error is null;
            _head = null;
        }

        while (!HasEnded && !IsBroken)
        {
            if (TryParse(out row, out error))
                return true;
            if (error is not null)
                return false;
        }

        row = default;
        error = null;
        return false;
    }

    /// <summary>Counts the row that was taken last as one that cannot be read.</summary>
    public void TakeBack()
    {
        _parsedRows--;
        // Another one may be read in its place.
        HasEnded &= !EndedEarly;
        EndedEarly = false;
    }

    /// <summary>Parses the next record; neither row nor error where it was skipped, or at the end.</summary>
    private bool TryParse(out ParsedRow row, out CsvFormatException? error)
    {
        row = default;
        error = null;
        try
        {
            if (_parsedRows == _maxRows || !_records.MoveNext(out error))
            {
                if (error is null)
                {
                    EndedEarly = _parsedRows == _maxRows;
                    HasEnded = true;
                    ReportProgress();
                    return false;
                }
            }
        }
        catch (CsvFormatException e)
        {
            IsBroken = true;
            error = e;
            return false;
        }

        error ??= _parser.Parse();
        if (error is null)
        {
            row = _parser.Row;
            if (++_parsedRows % ProgressRows == 0)
                ReportProgress();
            return true;
        }

        // What looks like a bad row may be the rubble of a broken container.
        if (_source.ContainerError() is { } container)
        {
            IsBroken = true;
            error = container;
        }
        else
        {
            error = _gate.Judge(error);
        }

        return false;
    }

    private void ReportProgress() => _progress?.Report(new CsvProgress
    {
        BytesRead = _source.BytesRead,
        TotalBytes = _source.TotalBytes,
        RowCount = _parsedRows,
    });
}
