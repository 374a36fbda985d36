using Sylvan.Data.Csv;
using ParserException = Sylvan.Data.Csv.CsvFormatException;

namespace AnomalyKit.Csv;

/// <summary>The records of a file one after the other, with the physical lines that they stand on.</summary>
internal sealed class CsvRecords : IDisposable
{
    // 64 Ki characters stay in the second-level cache; a record, wide or with a long cell, may take 16 Mi.
    private const int BufferChars = 1 << 16;
    private const int LongestRecord = 1 << 24;

    private readonly CsvSource _source;
    private readonly CsvDataReader _parser;
    private long _breaksBefore;
    private readonly char? _delimiter;
    private bool[] _quoted = [];
    private bool _quotesAreKnown;
    private bool _repeat;

    /// <summary>Begins to read.</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">The encoding, and the delimiter unless the text names its own.</param>
    public CsvRecords(CsvSource source, CsvOptions options)
        : this(source, source.Begin(options.Encoding), options.Delimiter, comment: null, text: null)
    {
    }

    /// <summary>Begins to read cells of any kind.</summary>
    /// <param name="source">The text, of which decoding has begun.</param>
    /// <param name="named">The delimiter that the text names.</param>
    /// <param name="delimiter">The delimiter that is asked for.</param>
    /// <param name="comment">What lines begin with that are left out.</param>
    /// <param name="text">The text, where its start was looked at.</param>
    public CsvRecords(CsvSource source, char? named, char? delimiter, char? comment, TextReader? text)
    {
        _source = source;
        if (named is not null)
            _breaksBefore = 1;
        delimiter ??= named;
        _delimiter = delimiter;
        var parserOptions = new CsvDataReaderOptions
        {
            // The header is a record like any other here; the parser would accept repeated names and take a blank first line for it.
            HasHeaders = false,
            Delimiter = delimiter,
            BufferSize = BufferChars,
            MaxBufferSize = LongestRecord,
            // The parser skips lines that start with '#' unless told otherwise; no text starts with half a surrogate pair.
            Comment = comment ?? '\uDFFF',
            OwnsReader = false,
        };
        if (comment is not null)
            parserOptions.CommentHandler = (Action<string>)(_ => _breaksBefore++);
        text ??= source;
        try
        {
            _parser = CsvDataReader.Create(delimiter == ' ' ? new SpacedText(text) : text, parserOptions);
        }
        catch (ParserException e)
        {
            throw Blame(_source.Errors.Line(1, Describe(e), inner: e));
        }
    }

    /// <summary>The line on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>The number of cells that a record must have, or 0 as long as it is unknown.</summary>
    public int ColumnCount { get; set; }

    /// <summary>The number of cells of the current record.</summary>
    public int CellCount => _parser.RowFieldCount;

    /// <summary>The text of a cell of the current record, without its quotes.</summary>
    public ReadOnlySpan<char> this[int column] => _parser.GetFieldSpan(column);

    /// <summary>The blank lines between the record before and the current one, or the end.</summary>
    public int BlankLines { get; private set; }

    /// <summary>Goes to the next record that is not blank. Throws where the text cannot be divided into records.</summary>
    /// <param name="error">A blank line before the record that stands for an empty cell; the record itself comes next then.</param>
    /// <returns>Whether there is a record; false with an error too.</returns>
    public bool MoveNext(out CsvFormatException? error)
    {
        error = null;
        if (_repeat)
        {
            _repeat = false;
            return true;
        }

        long blankLine = 0;
        BlankLines = 0;
        while (Read())
        {
            _quotesAreKnown = false;
            var raw = _parser.GetRawRecordSpan();
            Line = _breaksBefore + 1;
            _breaksBefore += CountLineBreaks(raw);
            if (_parser.RowFieldCount > 1 || !raw.IsWhiteSpace())
            {
                // In a single column a blank line may be meant as an empty cell, unless nothing follows it.
                if (blankLine > 0 && ColumnCount == 1)
                {
                    error = _source.Errors.Line(
                        blankLine, "the line is blank. Every row of a single column needs a number; fill it in or remove the line.");
                    _repeat = true;
                    return false;
                }

                return true;
            }

            BlankLines++;
            if (blankLine == 0)
                blankLine = Line;
        }

        return false;
    }

    /// <summary>Makes the current record the next one too.</summary>
    public void Repeat() => _repeat = true;

    /// <summary>Whether a cell of the current record stands in quotes. Asks for a known delimiter.</summary>
    public bool IsQuoted(int column)
    {
        if (!_quotesAreKnown)
        {
            if (_quoted.Length < CellCount)
                _quoted = new bool[CellCount];
            QuotedCells.Find(_parser.GetRawRecordSpan(), _delimiter!.Value, _quoted.AsSpan(0, CellCount));
            _quotesAreKnown = true;
        }

        return _quoted[column];
    }

    /// <summary>The line on which a cell of the current record starts: line breaks in quoted cells before it count.</summary>
    public long LineOf(int column)
    {
        long line = Line;
        for (int i = 0; i < Math.Min(column, CellCount); i++)
            line += CountLineBreaks(this[i]);
        return line;
    }

    /// <summary>The error to throw for one that was found in the text: where the text comes from broken gzip data, that is the
    /// error.</summary>
    public CsvFormatException Blame(CsvFormatException error) => _source.ContainerError() ?? error;

    public void Dispose() => _parser.Dispose();

    private bool Read()
    {
        try
        {
            return _parser.Read();
        }
        catch (ParserException e)
        {
            // The parser stands at the start of the cell that it could not read.
            long line = _breaksBefore + 1 + CountLineBreaks(_parser.GetRawRecordSpan());
            throw Blame(_source.Errors.Line(line, Describe(e), inner: e));
        }
    }

    private static string Describe(ParserException e) => e switch
    {
        CsvRecordTooLargeException => FormattableString.Invariant(
            $"the record is longer than {LongestRecord} characters. Most likely a quote is opened here and never closed, or the file is not CSV."),
        CsvInvalidCharacterException { InvalidCharacter: var c } when e.Message.Contains("without a closing", StringComparison.Ordinal) =>
            $"a quoted cell starts here and is never closed. Close it with {c}, or double the quotes inside it.",
        CsvInvalidCharacterException { InvalidCharacter: var c } =>
            $"'{CsvErrors.Printable([c])}' follows the closing quote of a cell. Only a delimiter or the line's end may; double the quotes inside a quoted cell.",
        _ => e.Message,
    };

    /// <summary>Line breaks as editors count them: LF, CRLF, and CR alone.</summary>
    public static int CountLineBreaks(ReadOnlySpan<char> text)
    {
        int feeds = text.Count('\n');
        int returns = text.Count('\r');
        return returns == 0 ? feeds : feeds + returns - text.Count("\r\n");
    }
}
