using System.Text;
using AnomalyKit.Csv;

namespace AnomalyKit;

/// <summary>How a CSV file is read into a <see cref="FeatureTable"/>.</summary>
/// <remarks>
/// <para>
/// Nothing here depends on the machine's culture. Lines end in LF, CRLF or CR. A first line such as <c>sep=;</c>, as Excel writes it, names the delimiter. Spaces around cells do not
/// count unless they stand in quotes. Blank lines are skipped, but in a file of a single column each is a missing cell. A column without a name is called by its position: <c>f0</c>, <c>f1</c>, …
/// </para>
/// <para>
/// What a cell is depends on its column. <b>Numbers</b>: <c>1234.5</c>, <c>-1e-3</c>; a decimal comma, marks between thousands and currency signs are read where they are asked for, never by
/// themselves. <b>Booleans</b>: <see cref="TrueWords"/> and <see cref="FalseWords"/>, in any case; where the column is declared, 0 and 1 too. <b>Dates</b>: ISO 8601, and <see cref="DateFormats"/>; a column of features whose cells all look like dates in another form is refused with the format that it needs.
/// <b>Categories</b>: everything else. A cell of numbers, booleans or dates is missing if it is empty or one of the <see cref="MissingMarks"/>; a cell of categories only if it is
/// empty and not quoted, or one of the <see cref="MissingCategoryMarks"/> and not quoted.
/// </para>
/// <para>Two options are equal if they read the same way: lists are compared by content, callbacks by reference. Immutable.</para>
/// </remarks>
public sealed partial record CsvTableOptions
{
    /// <summary>What separates the cells. By default (<see langword="null"/>) it is the one named by a <c>sep=</c> line, else the one of comma, tab, semicolon and vertical bar that
    /// occurs most often in the first line.</summary>
    /// <value>An ASCII character that is not a letter, digit, quote, line break, point, plus or minus. A space stands for any number of spaces and tabs.</value>
    /// <exception cref="ArgumentOutOfRangeException">The character cannot be a delimiter.</exception>
    public char? Delimiter
    {
        get;
        init => field = value is not char c || CsvOptions.CanDelimit(c)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Delimiter), value, "The delimiter must be an ASCII character such as ',', ';', '|', ' ' or a tab: no letter, digit, quote, point, plus or minus.");
    }

    /// <summary>The encoding of the text. By default (<see langword="null"/>) it is UTF-8; text that is none is then an error. A byte order mark at the start of the file takes
    /// precedence.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The <see cref="Encoding"/> by its name: <c>windows-1252</c>, <c>iso-8859-2</c>, <c>utf-16</c>, <c>shift_jis</c> and the other names that IANA lists.</summary>
    /// <exception cref="ArgumentException">There is no encoding of this name.</exception>
    public string? EncodingName
    {
        get => Encoding?.WebName;
        init => Encoding = value is null ? null : EncodingNames.Find(value);
    }

    /// <summary>Whether the first line names the columns (the default). Without a header, columns are called <c>f0</c>, <c>f1</c>, … by their position.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What columns of equal names become; by default they are refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public CsvRepeatedNames RepeatedNames
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RepeatedNames), value, "Choose CsvRepeatedNames.Refuse or CsvRepeatedNames.Number.");
    }

    /// <summary>The character that lines begin with which are left out, such as <c>#</c>; <see langword="null"/> (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The character is a letter, digit, space, quote or line break, or not ASCII.</exception>
    public char? Comment
    {
        get;
        init => field = value is not char c || (char.IsAscii(c) && char.IsPunctuation(c) && c != '"') || value is '|' or '$' or '~' or '^' or '<' or '>' or '='
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Comment), value, "Comments must begin with a sign such as '#', '%' or ';'.");
    }

    /// <summary>What stands between the whole part of a number and its fraction: a point (the default) or a comma.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    public char DecimalSeparator
    {
        get;
        init => field = value is '.' or ','
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DecimalSeparator), value, "The decimal separator must be '.' or ','.");
    }
    = '.';

    /// <summary>What may stand between groups of three digits: <c>,</c>, <c>.</c>, <c>'</c> or a space (no-break and thin spaces are then spaces too); <see langword="null"/> (the default) for
    /// nothing. A mark anywhere else is an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is something else.</exception>
    public char? ThousandsSeparator
    {
        get;
        init => field = value is null or ',' or '.' or '\'' or ' ' or '_'
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ThousandsSeparator), value, "Thousands may be separated by ',', '.', an apostrophe, a space or '_'.");
    }

    /// <summary>Signs and words that may stand once before or behind a number, such as <c>€</c>, <c>EUR</c> or <c>zł</c>; none by default. They do not change the number.</summary>
    /// <exception cref="ArgumentException">One is blank, or holds a digit, sign, point or comma.</exception>
    public IReadOnlyList<string> CurrencySigns { get; init => field = CsvWords.Signs(value, nameof(CurrencySigns)); } = [];

    /// <summary>The columns whose numbers are written with <see cref="DecimalSeparator"/>, <see cref="ThousandsSeparator"/> and <see cref="CurrencySigns"/>; by default
    /// (<see langword="null"/>) all. The numbers of the others are then written with a point.</summary>
    /// <exception cref="ArgumentException">A name is blank.</exception>
    public IReadOnlyList<string>? LocalNumberColumns
    {
        get;
        init => field = value is null ? null : CsvWords.Words(value, nameof(LocalNumberColumns));
    }

    /// <summary>Formats of dates beside ISO 8601, as <see cref="DateTime.ParseExact(string, string, IFormatProvider)"/> takes them in the invariant culture, for example <c>dd.MM.yyyy HH:mm</c>;
    /// none by default.</summary>
    /// <remarks>
    /// The first format that reads a cell counts, ISO 8601 last. With a format that reads what ISO 8601 writes in another way (<c>yyyy-dd-MM</c>), ISO 8601 is not read. A format with <c>z</c> or <c>K</c> reads points
    /// in time, any other what a clock on the wall shows. Years of two digits lie between 1950 and 2049. Names of months are English.
    /// </remarks>
    /// <exception cref="ArgumentException">A format is blank, or names no year: it would be that of the day on which the file is read.</exception>
    public IReadOnlyList<string> DateFormats { get; init => field = CsvWords.DateFormats(value, nameof(DateFormats)); } = [];

    /// <summary>Whether dates without a time zone are in UTC. By default they are taken as a clock on the wall shows them.</summary>
    public bool AssumeUtc { get; init; }

    /// <summary>Texts for yes, in any case; by default <c>true</c> and <c>yes</c>.</summary>
    /// <exception cref="ArgumentException">A text is blank.</exception>
    public IReadOnlyList<string> TrueWords { get; init => field = CsvWords.Words(value, nameof(TrueWords)); } = ["true", "yes"];

    /// <summary>Texts for no, in any case; by default <c>false</c> and <c>no</c>.</summary>
    /// <exception cref="ArgumentException">A text is blank.</exception>
    public IReadOnlyList<string> FalseWords { get; init => field = CsvWords.Words(value, nameof(FalseWords)); } = ["false", "no"];

    /// <summary>Texts that mark a missing number, boolean or date, in any case, beside the empty cell. By default <see cref="DefaultMissingMarks"/>.</summary>
    /// <exception cref="ArgumentException">A text is blank.</exception>
    public IReadOnlyList<string> MissingMarks { get; init => field = CsvWords.Words(value, nameof(MissingMarks)); } = DefaultMissingMarks;

    /// <summary>Texts that mark a missing category, in exactly this spelling and not quoted, beside the empty cell. None by default: <c>NA</c> is Namibia.</summary>
    /// <exception cref="ArgumentException">A text is blank.</exception>
    public IReadOnlyList<string> MissingCategoryMarks { get; init => field = CsvWords.Words(value, nameof(MissingCategoryMarks)); } = [];

    /// <summary>The first rows from which the kinds of columns are inferred that the layout leaves open. By default (<see langword="null"/>) all rows of what can be read twice, a file or a
    /// stream that can seek; 4,096 of a stream that cannot.</summary>
    /// <value>At least 1, at most 1,000,000; these rows are kept in memory. A later cell that is not what its column was taken for is an error, never bent to fit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public int? MaxInferenceRows
    {
        get;
        init => field = value is null or (>= 1 and <= 1_000_000)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxInferenceRows), value, "Kinds may be inferred from 1 to 1,000,000 rows, or, with null, from all.");
    }

    /// <summary>What happens to rows that cannot be read: too few or too many cells, a cell that is not what its column holds. By default they are refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public CsvBadRows BadRows
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BadRows), value, "Choose CsvBadRows.Refuse or CsvBadRows.Skip.");
    }

    /// <summary>The most rows that <see cref="CsvBadRows.Skip"/> skips; the next bad row is refused.</summary>
    /// <value>At least 1; 1,000 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxSkippedRows
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxSkippedRows), value, "At least one row may be skipped; set BadRows to CsvBadRows.Refuse to skip none.");
    }
    = 1000;

    /// <summary>Receives every skipped row, on the reading thread, in order; nothing by default. What it throws ends the reading.</summary>
    public Action<CsvBadRow>? BadRowReport { get; init; }

    /// <summary>The most rows to read, skipped ones not counted, or <see langword="null"/> (the default) to read all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxRows
    {
        get;
        init => field = value is not < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxRows), value, "At least one row must be read; leave MaxRows null to read all.");
    }

    /// <summary>Hears how far the reading is, every 4,096 rows and at the end; nothing by default. The pass that infers kinds is not counted.</summary>
    public IProgress<CsvProgress>? Progress { get; init; }

    /// <summary>The most threads that read a file, or −1 (the default) for all processors. Nothing that is read depends on it.</summary>
    /// <value>Files above some megabytes with a header are read by several, unless rows are skipped, counted (<see cref="MaxRows"/>, <see cref="Progress"/>) or decoded (<see cref="Encoding"/>), or comments left out.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or below −1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            Numerics.ParallelBlocks.ResolveThreads(value);
            field = value;
        }
    } = -1;

    /// <summary>How large the runs of lines are that threads read; for tests.</summary>
    internal int ChunkBytes { get; init; } = 1 << 21;

    /// <summary>What marks a missing number, boolean or date by default: <c>NA</c>, <c>N/A</c>, <c>#N/A</c>, <c>#N/A N/A</c>, <c>#NA</c>, <c>&lt;NA&gt;</c>, <c>n.a.</c>, <c>NaN</c>, <c>-NaN</c>,
    /// <c>1.#QNAN</c>, <c>1.#IND</c>, <c>-1.#IND</c>, <c>-1.#QNAN</c>, <c>null</c>, <c>(null)</c>, <c>#NULL!</c>, <c>nil</c>, <c>none</c>, <c>\N</c>, <c>?</c>, <c>-</c>, <c>--</c> and <c>.</c>.</summary>
    public static IReadOnlyList<string> DefaultMissingMarks { get; } = Array.AsReadOnly<string>(
    [
        "NA", "N/A", "#N/A", "#N/A N/A", "#NA", "<NA>", "n.a.", "NaN", "-NaN", "1.#QNAN", "1.#IND", "-1.#IND", "-1.#QNAN",
        "null", "(null)", "#NULL!", "nil", "none", "\\N", "?", "-", "--", ".",
    ]);
}
