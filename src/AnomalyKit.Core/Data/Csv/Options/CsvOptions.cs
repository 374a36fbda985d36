using System.Collections.Frozen;
using System.Text;

namespace AnomalyKit;

/// <summary>How a CSV file is read into a <see cref="FeatureMatrix"/>.</summary>
/// <remarks>
/// <para>
/// Cells are numbers in the invariant culture (<c>1234.5</c>, <c>-1e-3</c>; no thousands separators), with or without quotes (<c>"</c>,
/// doubled inside a quoted cell) and surrounding spaces. They are parsed as double and stored as <c>(float)(value − offset)</c>: see
/// <see cref="AutomaticOffsets"/>. Lines end in LF, CRLF or CR. Blank lines are skipped (in a file of a single column only at its end,
/// because there a blank line may be an empty cell). A first line such as <c>sep=;</c>, as Excel writes it, names the delimiter. A missing
/// value is an error, because there is no imputation: see <see cref="BadRows"/>.
/// </para>
/// <para>
/// Two options are equal if they read the same way: lists, sets and offsets are compared by content, callbacks by reference. Immutable, and
/// safe for any number of threads if the callbacks given to it are.
/// </para>
/// </remarks>
public sealed partial record CsvOptions
{
    /// <summary>What separates the cells. By default (<see langword="null"/>) it is the one named by a <c>sep=</c> line, else the one of comma,
    /// tab, semicolon and vertical bar that occurs most often in the first line.</summary>
    /// <value>An ASCII character that is not a letter, digit, quote, line break, point, plus or minus. A space stands for any number of spaces
    /// and tabs, so that tables aligned with spaces can be read; spaces at the ends of a line are then ignored.</value>
    /// <exception cref="ArgumentOutOfRangeException">The character cannot be a delimiter.</exception>
    public char? Delimiter
    {
        get;
        init
        {
            if (value is char c && !CanDelimit(c))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Delimiter), value, "The delimiter must be an ASCII character that occurs in no number, such as ',', ';', '|', ' ' or a tab.");
            }

            field = value;
        }
    }

    /// <summary>The encoding of the text. By default (<see langword="null"/>) it is UTF-8; column names with bytes that are not UTF-8 are then
    /// an error. A byte order mark at the start of the file (UTF-8, UTF-16 or UTF-32) takes precedence.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether the first line names the columns (the default). Without a header, columns are called <c>f0</c>, <c>f1</c>, … by their
    /// position in the file, and the matrix counts as unnamed.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The feature columns to read, in this order, or <see langword="null"/> (the default) to read all columns but the label column
    /// and <see cref="IgnoreColumns"/>, in the order of the file.</summary>
    /// <exception cref="ArgumentException">The list is empty, or has a blank or repeated name.</exception>
    public IReadOnlyList<string>? Columns
    {
        get;
        init => field = value is null ? null : Names(value, nameof(Columns), allowEmptyName: false, allowNone: false);
    }

    /// <summary>Columns to leave out, such as row numbers and identifiers; none by default. An empty name stands for columns without a
    /// name.</summary>
    /// <exception cref="ArgumentException">A name is repeated.</exception>
    public IReadOnlyList<string> IgnoreColumns
    {
        get;
        init => field = Names(value, nameof(IgnoreColumns), allowEmptyName: true, allowNone: true);
    } = [];

    /// <summary>The texts in the label column that mark an anomaly (ordinal comparison, surrounding spaces removed). Every other text but an
    /// empty one is then normal.</summary>
    /// <value>At least one text, or <see langword="null"/> (the default): labels are then 0 or <c>false</c> for normal rows, 1 or <c>true</c>
    /// for anomalies, and everything else is an error.</value>
    /// <remarks>
    /// <c>FeatureMatrix.LoadCsv</c> refuses a file in which none of the texts occurs, and, without <see cref="AnomalyLabels"/>, a column in
    /// which every label of several rows is the number 1: such a column is usually coded in another way. Where <see cref="MaxRows"/>
    /// ends the reading nothing is known about the rest, and nothing is refused. See also <see cref="CsvFeatureReader.LabelProblem"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The set is empty, or has an empty text.</exception>
    public IReadOnlySet<string>? AnomalyLabels
    {
        get;
        init
        {
            if (value is { Count: 0 })
                throw new ArgumentException("No label marks an anomaly. Name at least one, or leave AnomalyLabels null.", nameof(AnomalyLabels));
            if (value is not null && value.Any(string.IsNullOrWhiteSpace))
                throw new ArgumentException("AnomalyLabels has an empty text. An empty label counts as missing. Name a text that marks anomalies.", nameof(AnomalyLabels));
            field = value?.Select(text => text.Trim()).ToFrozenSet(StringComparer.Ordinal);
        }
    }

    /// <summary>What to subtract from columns before they are stored as float32, by column name; none by default.
    /// A column named here gets no automatic offset.</summary>
    /// <exception cref="ArgumentException">An offset is not finite.</exception>
    public IReadOnlyDictionary<string, double> ColumnOffsets
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ColumnOffsets));
            foreach (var (name, offset) in value)
            {
                if (!double.IsFinite(offset))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"The offset of column '{name}' is {offset}; it must be finite."), nameof(ColumnOffsets));
                }
            }

            field = value.ToFrozenDictionary(StringComparer.Ordinal);
        }
    } = FrozenDictionary<string, double>.Empty;

    /// <summary>Whether columns that float32 would blur get an offset by themselves (the default).</summary>
    /// <remarks>
    /// Float32 keeps about 7 digits. A column of large numbers with a small spread (Unix timestamps, account numbers) loses its spread in
    /// it, unless a number near its values is subtracted first. The offsets are chosen from the first rows (4,096, fewer in wide files): a
    /// column gets one if the rounding to float32 (root mean square) exceeds 1e-4 of its standard deviation, over all of these rows or over
    /// their middle half, or if it is constant and at least 2²⁴. Whole numbers stay exact. The offset is part of the
    /// <see cref="FeatureMatrix.Schema"/> and of every detector fitted on it. Numbers beyond the 15 to 17 digits of a double are rounded to
    /// one before any offset; where that costs a column its spread, it is named in the <see cref="PrecisionLoss"/>es: split such
    /// identifiers, or leave them out.
    /// </remarks>
    public bool AutomaticOffsets { get; init; } = true;

    /// <summary>What happens to rows that cannot be read; by default they are refused.</summary>
    /// <remarks>
    /// Bad rows are those with too few or too many cells, with a cell that is missing, no number, infinite or beyond float32, or with a label
    /// that is none. Errors in the header, and text that cannot be divided into rows (a quote that is never closed, text behind a closing
    /// quote, broken gzip data), are always refused.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public CsvBadRows BadRows
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BadRows), value, "Choose CsvBadRows.Refuse or CsvBadRows.Skip.");
    }

    /// <summary>The most rows that <see cref="CsvBadRows.Skip"/> skips; the next bad row is refused.</summary>
    /// <value>At least 1; 1,000 by default, so that a file read with the wrong options does not vanish row by row.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxSkippedRows
    {
        get;
        init
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(MaxSkippedRows), value, "At least one row may be skipped; set BadRows to CsvBadRows.Refuse to skip none.");
            field = value;
        }
    } = 1000;

    /// <summary>Receives every skipped row, on the reading thread, in the order in which the rows are looked at; nothing by default. Rows
    /// among the first (4,096, fewer in wide files) are passed while the reader is opened. What it throws ends the reading.</summary>
    public Action<CsvBadRow>? BadRowReport { get; init; }

    /// <summary>The most rows to read, skipped ones not counted, or <see langword="null"/> (the default) to read all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxRows
    {
        get;
        init
        {
            if (value is < 1)
                throw new ArgumentOutOfRangeException(nameof(MaxRows), value, "At least one row must be read; leave MaxRows null to read all.");
            field = value;
        }
    }

    /// <summary>Receives, on the reading thread, how far the reading is: every few thousand rows and at the end; nothing by
    /// default.</summary>
    public IProgress<CsvProgress>? Progress { get; init; }

    /// <summary>Called once by <c>FeatureMatrix.LoadCsv</c>, on the reading thread, before it returns: what was read, the offsets used and
    /// the columns that are blurred all the same. Without it, <c>LoadCsv</c> throws if <see cref="AutomaticOffsets"/> could not keep the
    /// spread of a column.</summary>
    public Action<CsvReport>? Report { get; init; }

    /// <summary>Whether a character can stand between numbers.</summary>
    internal static bool CanDelimit(char c) =>
        char.IsAscii(c) && !char.IsLetterOrDigit(c) && c is not ('"' or '\r' or '\n' or '\0' or '.' or '+' or '-');

    private static string[] Names(IEnumerable<string> names, string property, bool allowEmptyName, bool allowNone)
    {
        ArgumentNullException.ThrowIfNull(names, property);
        string[] copy = [.. names];
        if (copy.Length == 0 && !allowNone)
            throw new ArgumentException($"{property} is empty. Name at least one column, or leave it null to read all.", property);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in copy)
        {
            if (string.IsNullOrWhiteSpace(name) && !(allowEmptyName && name?.Length == 0))
                throw new ArgumentException($"{property} has a blank name.", property);
            if (!seen.Add(name))
                throw new ArgumentException($"{property} names column '{name}' twice.", property);
        }

        return copy;
    }
}
