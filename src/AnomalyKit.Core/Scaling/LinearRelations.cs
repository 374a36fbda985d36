using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The exact linear relations between columns that all training rows keep: constant columns, and columns that follow from others.</summary>
/// <remarks>
/// Rows that break one lie off the hyperplane of all training rows, and no spread of the training rows tells how far that is: each <see cref="LinearRelation"/> brings a
/// scale of its own, the rounding of its cells. Immutable and thread-safe.
/// </remarks>
public sealed class LinearRelations : IEquatable<LinearRelations>
{
    private readonly LinearRelation[] _items;

    /// <summary>Lists relations.</summary>
    /// <param name="columnCount">The number of columns of the rows, at least 1.</param>
    /// <param name="items">The relations; none by default.</param>
    /// <exception cref="ArgumentException">A relation names a column that there is not.</exception>
    public LinearRelations(int columnCount, params IEnumerable<LinearRelation> items)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        ArgumentNullException.ThrowIfNull(items);
        ColumnCount = columnCount;
        _items = [.. items];
        foreach (var item in _items)
        {
            if (item.Columns[^1] >= columnCount)
                throw new ArgumentException($"A relation names column {item.Columns[^1]}; there are {columnCount} columns.", nameof(items));
        }
    }

    /// <summary>The number of columns of the rows.</summary>
    public int ColumnCount { get; }

    /// <summary>The number of relations; 0 as a rule.</summary>
    public int Count => _items.Length;

    /// <summary>The relations.</summary>
    public IReadOnlyList<LinearRelation> Items => _items;

    /// <summary>How far a row is off, over all relations.</summary>
    /// <param name="row">The cells of a row, all finite.</param>
    /// <returns>The sum of the squared distances; 0 for rows that keep all relations, every training row among them.</returns>
    /// <exception cref="ArgumentException">The row has another number of cells.</exception>
    public double SquaredDistance(ReadOnlySpan<float> row)
    {
        if (row.Length != ColumnCount)
            throw new ArgumentException($"The row has {row.Length} cells; the relations are between {ColumnCount} columns.", nameof(row));
        double sum = 0;
        foreach (var item in _items)
        {
            double distance = item.Distance(row);
            sum += distance * distance;
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(LinearRelations? other) => other is not null && ColumnCount == other.ColumnCount && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinearRelations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ColumnCount, _items.Length);

    /// <summary>Reads relations from a part of a model file; a part without them, as files of version 0.1.0 have it, gives none.</summary>
    /// <param name="reader">The part that <see cref="WriteTo"/> wrote.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <returns>The relations.</returns>
    /// <exception cref="ModelFormatException">They cannot be read.</exception>
    public static LinearRelations Read(ModelReader reader, int columnCount)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!reader.HasArray("starts"))
            return new LinearRelations(columnCount);
        int[] starts = reader.GetInt32s("starts", 0, int.MaxValue, -1);
        int[] columns = reader.GetInt32s("columns", 0, columnCount - 1, -1);
        double[] weights = reader.GetDoubles("weights", columns.Length);
        int count = starts.Length - 1;
        if (count < 1 || starts[0] != 0 || starts[^1] != columns.Length)
            throw ModelReader.FormatError("its relations do not begin and end where their columns do");
        double[] origins = reader.GetDoubles("origins", count);
        double[] tolerances = reader.GetDoubles("tolerances", count);
        double[] scales = reader.GetDoubles("scales", count);
        var items = new LinearRelation[count];
        for (int i = 0; i < count; i++)
        {
            if (starts[i + 1] <= starts[i])
                throw ModelReader.FormatError($"its relation {i} has no columns");
            var part = starts[i]..starts[i + 1];
            try
            {
                items[i] = new LinearRelation(columns[part], weights[part], origins[i], tolerances[i], scales[i]);
            }
            catch (ArgumentException exception)
            {
                throw ModelReader.FormatError($"its relation {i} cannot be used", exception);
            }
        }

        return new LinearRelations(columnCount, items);
    }

    /// <summary>Writes the relations; nothing where there are none.</summary>
    /// <param name="writer">A part of a model file with no other content.</param>
    public void WriteTo(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_items.Length == 0)
            return;
        var starts = new int[_items.Length + 1];
        var columns = new List<int>();
        var weights = new List<double>();
        for (int i = 0; i < _items.Length; i++)
        {
            columns.AddRange(_items[i].Columns);
            weights.AddRange(_items[i].Weights);
            starts[i + 1] = columns.Count;
        }

        writer.Add("starts", starts.AsMemory());
        writer.Add("columns", columns.ToArray().AsMemory());
        writer.Add("weights", weights.ToArray().AsMemory());
        writer.Add("origins", _items.Select(item => item.Origin).ToArray().AsMemory());
        writer.Add("tolerances", _items.Select(item => item.Tolerance).ToArray().AsMemory());
        writer.Add("scales", _items.Select(item => item.Scale).ToArray().AsMemory());
    }
}
