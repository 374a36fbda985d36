using AnomalyKit.Objects;

namespace AnomalyKit;

/// <summary>Tables of objects: which columns there are, and how the cell of each is had from an object. No reflection.</summary>
/// <typeparam name="T">The objects.</typeparam>
/// <remarks>
/// <code>
/// var payments = new ObjectTable&lt;Payment&gt;()
///     .Id("id", p => p.Id)
///     .Number("amount", p => p.Amount)
///     .Category("merchant", p => p.Merchant)
///     .DateTime("time", p => p.Time);
/// FeatureTable table = payments.Read(list);
/// </code>
/// <para>A function that returns <see langword="null"/>, or NaN for a number, makes a missing cell. One that throws ends the reading with a <see cref="TableDataException"/> that names row and
/// column.</para>
/// <para>Immutable: each method gives a new instance. Safe for any number of threads if the functions are.</para>
/// </remarks>
public sealed partial class ObjectTable<T>
{
    private readonly ObjectColumn<T>[] _columns;
    private TableSchema? _schema;

    /// <summary>A table without columns, to which columns are added.</summary>
    public ObjectTable() => _columns = [];

    private ObjectTable(ObjectColumn<T>[] columns) => _columns = columns;

    /// <summary>The columns.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public TableSchema Schema => _columns.Length == 0
        ? throw new InvalidOperationException("The table has no columns yet. Add some: .Number(\"amount\", item => item.Amount), for instance.")
        : _schema ??= new TableSchema(_columns.Select(column => column.Field));

    /// <summary>Makes one table of all objects.</summary>
    /// <param name="items">The objects; none of them null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One row for each object, in order.</returns>
    /// <exception cref="TableDataException">A function threw, or an object is null, or times with and without zone mix.</exception>
    /// <exception cref="InvalidOperationException">The table has no columns.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FeatureTable Read(IEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        using var reader = Open(items);
        return reader.ReadAll(cancellationToken);
    }

    /// <summary>Makes a table of one row.</summary>
    /// <param name="item">The object, not null.</param>
    /// <returns>A table of one row.</returns>
    /// <exception cref="TableDataException">A function threw.</exception>
    /// <exception cref="InvalidOperationException">The table has no columns.</exception>
    public FeatureTable ReadRow(T item) => new ObjectBatches<T>(Schema, _columns).Take([item]);

    /// <summary>Reads objects batch by batch.</summary>
    /// <param name="items">The objects; none of them null.</param>
    /// <returns>A reader that asks for the objects as its batches are asked for.</returns>
    /// <exception cref="InvalidOperationException">The table has no columns.</exception>
    public TableReader Open(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new ObjectReader<T>(new ObjectBatches<T>(Schema, _columns), items);
    }

    /// <summary>Reads objects batch by batch as they come.</summary>
    /// <param name="items">The objects; none of them null.</param>
    /// <returns>A reader whose <see cref="TableReader.ReadBatchesAsync"/> waits without a thread; <see cref="TableReader.ReadBatch"/> blocks.</returns>
    /// <exception cref="InvalidOperationException">The table has no columns.</exception>
    public TableReader Open(IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new ObjectStreamReader<T>(new ObjectBatches<T>(Schema, _columns), items);
    }

    private ObjectTable<T> With(ObjectColumn<T> column)
    {
        foreach (var other in _columns)
        {
            if (other.Field.Name == column.Field.Name)
                throw new ArgumentException($"There is a column '{other.Field.Name}' already. Column names must differ.", nameof(column));
            if (other.Field.Role == column.Field.Role && column.Field.Role is ColumnRole.Label or ColumnRole.Weight)
                throw new ArgumentException($"The column '{other.Field.Name}' is the {column.Field.Role.ToString().ToLowerInvariant()} already; a table has at most one.", nameof(column));
        }

        return new ObjectTable<T>([.. _columns, column]);
    }
}
