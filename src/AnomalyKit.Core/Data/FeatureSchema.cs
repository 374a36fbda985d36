using System.Buffers;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace AnomalyKit;

/// <summary>The columns of a <see cref="FeatureMatrix"/>: their names, which of them are categories or may have missing cells and, where float32 alone would lose their spread, their offsets.</summary>
/// <remarks>
/// A cell of the matrix holds <c>value − offset</c> as float32. Offsets are zero for nearly all columns; they matter for large numbers with a
/// small spread, such as Unix timestamps or account numbers, which float32 rounds to steps of 128 and more. Immutable and thread-safe.
/// </remarks>
public sealed partial class FeatureSchema : IEquatable<FeatureSchema>
{
    private readonly string[] _names;
    private readonly double[] _offsets;
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Describes columns by name.</summary>
    /// <param name="columnNames">One name per column. Names must not be blank or repeated (ordinal comparison).</param>
    /// <param name="columnOffsets">One finite offset per column, or null for no offsets.</param>
    /// <exception cref="ArgumentException">A name is blank or repeated, or the number of offsets differs from the number of names, or an offset is not finite.</exception>
    public FeatureSchema(IEnumerable<string> columnNames, IEnumerable<double>? columnOffsets = null)
        : this([.. columnNames ?? throw new ArgumentNullException(nameof(columnNames))], columnOffsets?.ToArray(), isNamed: true)
    {
    }

    internal FeatureSchema(string[] names, double[]? offsets, bool isNamed, int[]? levelCounts = null, bool[]? missingAllowed = null)
    {
        if (names.Length == 0)
            throw new ArgumentException("A matrix needs at least one feature column; none was given.", nameof(names));
        _indexes = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]))
                throw new ArgumentException($"The name of column {i} is blank. Give every column a name, or none at all.", nameof(names));
            if (!IsWellFormed(names[i]))
            {
                throw new ArgumentException(
                    $"The name of column {i} holds half of a surrogate pair, which no file can keep. Give it a name of whole characters.", nameof(names));
            }

            if (!_indexes.TryAdd(names[i], i))
            {
                throw new ArgumentException(
                    $"Columns {_indexes[names[i]]} and {i} are both named '{names[i]}'. Column names must differ.", nameof(names));
            }
        }

        offsets ??= new double[names.Length];
        if (offsets.Length != names.Length)
        {
            throw new ArgumentException(
                $"There are {offsets.Length} column offsets for {names.Length} columns. Give one offset per column.", nameof(offsets));
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            if (!double.IsFinite(offsets[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The offset of column '{names[i]}' is {offsets[i]}; it must be finite."),
                    nameof(offsets));
            }

            HasOffsets |= offsets[i] != 0;
        }

        _names = names;
        _offsets = offsets;
        _levelCounts = levelCounts ?? new int[names.Length];
        _missingAllowed = missingAllowed ?? new bool[names.Length];
        AllowsMissing = _missingAllowed.Contains(true);
        for (int i = 0; i < _levelCounts.Length; i++)
        {
            if (_levelCounts[i] == 0)
                continue;
            HasCategories = true;
            ThrowIfOffset(names[i], offsets[i], nameof(offsets));
        }

        IsPlain = !HasCategories && !AllowsMissing;
        // A selection of unnamed columns is known by the names it was selected by.
        IsNamed = isNamed || !names.AsSpan().SequenceEqual(MadeUpNames(names.Length));
        ColumnNames = new ReadOnlyCollection<string>(_names);
    }

    /// <summary>The number of columns, at least 1.</summary>
    public int ColumnCount => _names.Length;

    /// <summary>The names in column order. Unnamed columns are called <c>f0</c>, <c>f1</c>, ….</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>What was subtracted from each column before it was stored as float32; zeros where nothing was.</summary>
    public ReadOnlySpan<double> ColumnOffsets => _offsets;

    /// <summary>Whether any offset differs from zero.</summary>
    public bool HasOffsets { get; }

    /// <summary>Whether the names were given (and are compared when a detector meets a matrix) rather than made up.</summary>
    public bool IsNamed { get; }

    /// <summary>A schema of <paramref name="columnCount"/> unnamed columns, called <c>f0</c>, <c>f1</c>, ….</summary>
    /// <param name="columnCount">The number of columns, at least 1.</param>
    /// <returns>The schema, with <see cref="IsNamed"/> false.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columnCount"/> is below 1.</exception>
    public static FeatureSchema Unnamed(int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        return new FeatureSchema(MadeUpNames(columnCount), offsets: null, isNamed: false);
    }

    /// <summary>The position of a column.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <returns>The zero-based position.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string columnName) => TryIndexOf(columnName, out int index)
        ? index
        : throw new ArgumentException(
            $"There is no column '{columnName}'. The columns are: {string.Join(", ", _names)}.", nameof(columnName));

    /// <summary>Looks a column up by name.</summary>
    /// <param name="columnName">The name, compared ordinally.</param>
    /// <param name="index">The zero-based position, or 0.</param>
    /// <returns>Whether there is such a column.</returns>
    public bool TryIndexOf(string columnName, out int index)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        return _indexes.TryGetValue(columnName, out index);
    }

    /// <summary>Turns values into the float32 cells that matrices and detectors of this schema work on.</summary>
    /// <param name="values">Row-major values, a whole number of rows.</param>
    /// <param name="cells">Receives <c>(float)(value − offset)</c>, one per value. Values beyond the range of float32 become infinite.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or there is not room for one cell per value.</exception>
    public void Encode(ReadOnlySpan<double> values, Span<float> cells)
    {
        ThrowIfNotRows(values.Length, cells.Length);
        for (int start = 0; start < values.Length; start += _offsets.Length)
        {
            for (int i = 0; i < _offsets.Length; i++)
                cells[start + i] = (float)(values[start + i] - _offsets[i]);
        }
    }

    /// <summary>Turns values into the float32 cells that matrices and detectors of this schema work on.</summary>
    /// <param name="values">Row-major values, a whole number of rows.</param>
    /// <param name="cells">Receives <c>(float)(value − offset)</c>, one per value; does not overlap <paramref name="values"/>.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or there is not room for one cell per value.</exception>
    public void Encode(ReadOnlySpan<float> values, Span<float> cells)
    {
        ThrowIfNotRows(values.Length, cells.Length);
        for (int start = 0; start < values.Length; start += _offsets.Length)
        {
            for (int i = 0; i < _offsets.Length; i++)
                cells[start + i] = (float)(values[start + i] - _offsets[i]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(FeatureSchema? other) => other is not null && IsNamed == other.IsNamed && HasColumnsOf(other);

    /// <summary>Whether the columns are the same, made-up names being as good as given ones.</summary>
    internal bool HasColumnsOf(FeatureSchema other) => _names.AsSpan().SequenceEqual(other._names) && _offsets.AsSpan().SequenceEqual(other._offsets) && HasKindsOf(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureSchema);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string name in _names)
            hash.Add(name, StringComparer.Ordinal);
        foreach (double offset in _offsets)
            hash.Add(offset);
        AddKindsTo(ref hash);
        return hash.ToHashCode();
    }

    /// <summary>The column names, comma-separated.</summary>
    /// <returns>The names.</returns>
    public override string ToString() => string.Join(", ", _names);

    /// <summary>Turns cells of this schema back into values.</summary>
    /// <param name="cells">Row-major cells, a whole number of rows.</param>
    /// <param name="values">Receives cell + offset, one per cell, rounded to double.</param>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows, or there is not room for one value per cell.</exception>
    public void Decode(ReadOnlySpan<float> cells, Span<double> values)
    {
        ThrowIfNotRows(cells.Length, values.Length);
        for (int start = 0; start < cells.Length; start += _offsets.Length)
        {
            for (int i = 0; i < _offsets.Length; i++)
                values[start + i] = cells[start + i] + _offsets[i];
        }
    }

    private void ThrowIfNotRows(int values, int cells)
    {
        if (values % ColumnCount != 0)
            throw new ArgumentException($"{values} values are not a whole number of rows of {ColumnCount} columns.", nameof(values));
        if (cells != values)
            throw new ArgumentException($"Room for {cells} cells; {values} are needed, one per value.", nameof(cells));
    }

    private static string[] MadeUpNames(int count)
    {
        var names = new string[count];
        for (int i = 0; i < names.Length; i++)
            names[i] = string.Create(CultureInfo.InvariantCulture, $"f{i}");
        return names;
    }

    internal static bool IsWellFormed(string name)
    {
        for (ReadOnlySpan<char> rest = name; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int used) != OperationStatus.Done)
                return false;
            rest = rest[used..];
        }

        return true;
    }
}
