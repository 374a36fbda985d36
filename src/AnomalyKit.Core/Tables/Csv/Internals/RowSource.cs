namespace AnomalyKit.Csv;

/// <summary>The rows of a file one after the other, blank lines of a single column included; the first ones can be kept and given out again.</summary>
internal sealed class RowSource : IDisposable
{
    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly RecordRow _record;
    private readonly Queue<KeptRow> _kept = new();
    private CsvFormatException? _keptError;
    private bool _keptEnd;
    private int _blanks;
    private bool _recordFollows;
    private bool _atEnd;

    private RowSource(CsvSource source, CsvRecords records)
    {
        _source = source;
        _records = records;
        _record = new RecordRow(records);
        Current = _record;
    }

    public CsvErrors Errors => _source.Errors;

    public CsvSource Source => _source;

    /// <summary>What separates the cells.</summary>
    public char Delimiter { get; private init; }

    /// <summary>The row that the source stands at.</summary>
    public CsvRow Current { get; private set; }

    /// <summary>The columns of the file, by name.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>Opens a text and reads the names of its columns.</summary>
    public static RowSource Open(CsvSource source, CsvTableOptions options, CancellationToken cancellationToken)
    {
        try
        {
            source.CancellationToken = cancellationToken;
            char? named = source.Begin(options.Encoding);
            var text = new HeadText(source);
            char delimiter = options.Delimiter ?? named ?? text.FindDelimiter(options.Comment, options.DecimalSeparator == ',' ? ';' : ',');
            if (delimiter == options.Comment)
                throw new ArgumentException($"'{delimiter}' cannot both begin comments and stand between cells.", nameof(options));
            var rows = new RowSource(source, new CsvRecords(source, named, delimiter, options.Comment, text)) { Delimiter = delimiter };
            try
            {
                rows.Names = CsvTableHeader.Read(rows._records, source.Errors, options);
                return rows;
            }
            catch (CsvFormatException e)
            {
                throw rows._records.Blame(e);
            }
            catch
            {
                rows._records.Dispose();
                throw;
            }
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row. Throws where the text cannot be divided into rows.</summary>
    public bool MoveNext()
    {
        if (_kept.TryDequeue(out var kept))
        {
            Current = kept;
            return true;
        }

        if (_keptError is { } error)
            throw error;
        Current = _record;
        return !_keptEnd && ReadNext();
    }

    /// <summary>Reads rows ahead into memory, up to a number, the end or a broken text.</summary>
    public IReadOnlyCollection<CsvRow> Keep(int count)
    {
        try
        {
            while (_kept.Count < count)
            {
                if (!ReadNext())
                {
                    _keptEnd = true;
                    break;
                }

                _kept.Enqueue(Current as KeptRow ?? new KeptRow(_records));
            }
        }
        catch (CsvFormatException e)
        {
            _keptError = e;
        }

        return _kept;
    }

    /// <summary>The error to give for one that was found in a row: where the text comes from broken gzip data, that is the error.</summary>
    /// <returns>The error, and whether nothing can be read behind it.</returns>
    public (CsvFormatException Error, bool IsFinal) Blame(CsvFormatException error) =>
        _source.ContainerError() is { } container ? (container, true) : (error, false);

    public void Dispose()
    {
        _records.Dispose();
        _source.Dispose();
    }

    private bool ReadNext()
    {
        if (_blanks == 0 && !_recordFollows && !_atEnd)
        {
            bool found = _records.MoveNext(out var blank);
            _recordFollows = found || blank is not null;
            _atEnd = !_recordFollows;
            _blanks = Names.Length == 1 ? _records.BlankLines : 0;
            // A blank line is an error to the reader of numbers, which then has the record behind it still to come.
            if (blank is not null)
                _records.MoveNext(out _);
        }

        if (_blanks > 0)
        {
            Current = KeptRow.Blank(_records.Line - _blanks + (_atEnd ? 1 : 0));
            _blanks--;
            return true;
        }

        Current = _record;
        bool moved = _recordFollows;
        _recordFollows = false;
        return moved;
    }
}
