namespace AnomalyKit;

/// <summary>Some rows of a longer table, and where they stand in it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RowSubset
{
    private readonly long[] _numbers;

    /// <summary>Names some rows.</summary>
    /// <param name="totalRowCount">The rows of the whole table, at least 0.</param>
    /// <param name="numbers">The zero-based numbers of the rows, ascending, none twice.</param>
    /// <exception cref="ArgumentException">The numbers are not ascending, or one lies outside the table.</exception>
    public RowSubset(long totalRowCount, IEnumerable<long> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalRowCount);
        ArgumentNullException.ThrowIfNull(numbers);
        _numbers = [.. numbers];
        for (int i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] < 0 || _numbers[i] >= totalRowCount)
                throw new ArgumentException($"Row {_numbers[i]} does not lie in a table of {totalRowCount} rows.", nameof(numbers));
            if (i > 0 && _numbers[i] <= _numbers[i - 1])
                throw new ArgumentException($"Row {_numbers[i]} follows row {_numbers[i - 1]}. Give the numbers in ascending order, none twice.", nameof(numbers));
        }

        TotalRowCount = totalRowCount;
    }

    /// <summary>The rows of the whole table.</summary>
    public long TotalRowCount { get; }

    /// <summary>The rows of the subset.</summary>
    public int Count => _numbers.Length;

    /// <summary>The zero-based numbers of the rows in the whole table, ascending.</summary>
    public ReadOnlyMemory<long> Numbers => _numbers;

    /// <summary>Finds a row.</summary>
    /// <param name="number">The zero-based number of the row in the whole table.</param>
    /// <returns>Its position in the subset.</returns>
    /// <exception cref="ArgumentException">The row is not in the subset.</exception>
    public int IndexOf(long number)
    {
        int index = Array.BinarySearch(_numbers, number);
        return index >= 0
            ? index
            : throw new ArgumentException($"Row {number} is needed, but is not among the {Count} of {TotalRowCount} rows in the extract. Create the extract again, with the options of the fit.");
    }

    internal int[] IndexesOf(ReadOnlySpan<long> numbers)
    {
        var indexes = new int[numbers.Length];
        for (int i = 0; i < indexes.Length; i++)
            indexes[i] = IndexOf(numbers[i]);
        return indexes;
    }
}
