using System.Collections.Frozen;

namespace AnomalyKit;

/// <summary>How a CSV file is read into a <see cref="FeatureMatrix"/>.</summary>
/// <remarks>
/// <para>
/// Cells are numbers in the invariant culture (<c>1234.5</c>, <c>-1e-3</c>; no thousands separators), with or without quotes (<c>"</c>,
/// doubled inside a quoted cell) and surrounding spaces. They are parsed as double and stored as <c>(float)(value − offset)</c>: see
/// <see cref="AutomaticOffsets"/>. Text is UTF-8, or UTF-16/32 where a byte order mark says so. Lines end in LF, CRLF or CR. Blank lines
/// are skipped (in a file of a single column only at its end, for there a blank line may be an empty cell). An empty cell is an error:
/// there is no imputation.
/// </para>
/// <para>Immutable and safe for any number of threads, as far as the callbacks given to it are.</para>
/// </remarks>
public sealed record CsvOptions
{
    /// <summary>What separates the cells; by default (<see langword="null"/>) the one of comma, tab, semicolon and vertical bar that the
    /// first line has most of.</summary>
    /// <value>An ASCII character that is no letter, digit, quote, line break, space, point, plus or minus.</value>
    /// <exception cref="ArgumentOutOfRangeException">The character cannot be a delimiter.</exception>
    public char? Delimiter
    {
        get;
        init
        {
            if (value is char c
                && (!char.IsAscii(c) || char.IsLetterOrDigit(c) || c is '"' or '\r' or '\n' or '\0' or ' ' or '.' or '+' or '-'))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Delimiter), value, "The delimiter must be an ASCII character that occurs in no number, such as ',', ';', '|' or a tab.");
            }

            field = value;
        }
    }

    /// <summary>Whether the first line names the columns (the default). Without, they are called <c>f0</c>, <c>f1</c>, … by their position
    /// in the file, and the matrix counts as unnamed.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The feature columns to read, in this order; by default all but the label column and <see cref="IgnoreColumns"/>, in the
    /// file's order.</summary>
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

    /// <summary>The texts in the label column that mark an anomaly (ordinal comparison, surrounding spaces removed); every other text but
    /// an empty one is then normal. By default (<see langword="null"/>) a label is a number, where all but 0 are anomalies, or
    /// <c>true</c>/<c>false</c> in any case, and everything else is an error.</summary>
    /// <exception cref="ArgumentException">The set is empty.</exception>
    public IReadOnlySet<string>? AnomalyLabels
    {
        get;
        init
        {
            if (value is { Count: 0 })
                throw new ArgumentException("No label marks an anomaly. Name at least one, or leave AnomalyLabels null.", nameof(AnomalyLabels));
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
    /// column gets one where the rounding to float32 (root mean square) exceeds 1e-4 of its standard deviation, over all of them or over
    /// their middle half, or where it is constant and at least 2²⁴. Whole numbers stay exact. The offset is part of the
    /// <see cref="FeatureMatrix.Schema"/> and of every detector fitted on it. Numbers beyond the 15 to 17 digits of a double are rounded to
    /// one before any offset: split such identifiers, or leave them out.
    /// </remarks>
    public bool AutomaticOffsets { get; init; } = true;

    /// <summary>The most rows to read; by default all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaximumRows
    {
        get;
        init
        {
            if (value is < 1)
                throw new ArgumentOutOfRangeException(nameof(MaximumRows), value, "At least one row must be read; leave MaximumRows null to read all.");
            field = value;
        }
    }

    /// <summary>Receives, on the reading thread, how far the reading is: every few thousand rows and at the end; nothing by
    /// default.</summary>
    public IProgress<CsvProgress>? Progress { get; init; }

    /// <summary>Called by <c>FeatureMatrix.LoadCsv</c> on the reading thread, once, before it returns: what was read, the offsets used and
    /// the columns that float32 blurs all the same. Without it, <c>LoadCsv</c> throws where <see cref="AutomaticOffsets"/> could not keep a
    /// column's spread.</summary>
    public Action<CsvReport>? Report { get; init; }

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
