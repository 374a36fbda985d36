using System.Runtime.InteropServices;

namespace AnomalyKit;

/// <content>Which columns are categories, and which cells may be missing.</content>
public sealed partial class FeatureSchema
{
    /// <summary>The most levels of a category: a float32 holds the codes up to this one exactly.</summary>
    internal const int MaxLevelCount = 1 << 24;

    private readonly int[] _levelCounts;
    private readonly bool[] _missingAllowed;

    /// <summary>For each column the number of levels of a category, or 0 where the column is a number.</summary>
    /// <remarks>
    /// A cell of a category with k levels holds a code: a whole number from 0 to k − 1, or k for a level that was not known when the codes were made. What the codes
    /// stand for is kept by whoever made them.
    /// </remarks>
    public ReadOnlySpan<int> LevelCounts => _levelCounts;

    /// <summary>For each column whether a cell may be missing. A missing cell is NaN; everywhere else NaN is refused.</summary>
    public ReadOnlySpan<bool> MissingAllowed => _missingAllowed;

    /// <summary>Whether any column is a category.</summary>
    public bool HasCategories { get; }

    /// <summary>Whether any column may have missing cells.</summary>
    public bool AllowsMissing { get; }

    /// <summary>Whether every cell is a finite number: there are neither categories nor missing cells.</summary>
    internal bool IsPlain { get; }

    /// <summary>The same columns, of which some are categories.</summary>
    /// <param name="levelCounts">
    /// The number of levels of each category by the name of its column, from 1 to 16,777,216. Columns that are not named stay as they are.
    /// </param>
    /// <returns>A new schema.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it has an offset, or the number of levels is out of range.</exception>
    public FeatureSchema WithCategories(IReadOnlyDictionary<string, int> levelCounts)
    {
        ArgumentNullException.ThrowIfNull(levelCounts);
        int[] levels = [.. _levelCounts];
        foreach (var (name, count) in levelCounts)
        {
            int column = IndexOf(name);
            levels[column] = count is >= 1 and <= MaxLevelCount
                ? count
                : throw new ArgumentException(
                    $"Category '{name}' has {count} levels; give from 1 to {MaxLevelCount}, or leave the column out to keep it a number.", nameof(levelCounts));
        }

        return new FeatureSchema(_names, _offsets, IsNamed, levels, _missingAllowed);
    }

    /// <summary>The same columns, of which some may have missing cells.</summary>
    /// <param name="columnNames">The columns in which a cell may be NaN. Columns that are not named stay as they are.</param>
    /// <returns>A new schema.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public FeatureSchema WithMissing(params IEnumerable<string> columnNames)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        bool[] missing = [.. _missingAllowed];
        foreach (string name in columnNames)
            missing[IndexOf(name)] = true;
        return new FeatureSchema(_names, _offsets, IsNamed, _levelCounts, missing);
    }

    /// <summary>Some of the columns, in another order or not.</summary>
    internal FeatureSchema Select(ReadOnlySpan<int> columns)
    {
        var names = new string[columns.Length];
        var offsets = new double[columns.Length];
        var levels = new int[columns.Length];
        var missing = new bool[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            names[i] = _names[columns[i]];
            offsets[i] = _offsets[columns[i]];
            levels[i] = _levelCounts[columns[i]];
            missing[i] = _missingAllowed[columns[i]];
        }

        return new FeatureSchema(names, offsets, IsNamed, levels, missing);
    }

    private bool HasKindsOf(FeatureSchema other) =>
        _levelCounts.AsSpan().SequenceEqual(other._levelCounts) && _missingAllowed.AsSpan().SequenceEqual(other._missingAllowed);

    private void AddKindsTo(ref HashCode hash)
    {
        hash.AddBytes(MemoryMarshal.AsBytes(_levelCounts.AsSpan()));
        hash.AddBytes(MemoryMarshal.AsBytes(_missingAllowed.AsSpan()));
    }

    private static void ThrowIfOffset(string name, double offset, string parameter)
    {
        if (offset != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Column '{name}' is a category and has the offset {offset:R}; codes have no offset. Leave its offset at 0."), parameter);
        }
    }
}
