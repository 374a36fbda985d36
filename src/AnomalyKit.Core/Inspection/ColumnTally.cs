using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AnomalyKit;

/// <summary>What is counted of one column, batch by batch.</summary>
internal abstract class ColumnTally(TableField field, InspectionOptions options) : IDisposable
{
    // About 2 % standard error.
    private const int MaxHashes = 4096;
    private const int BytesOfCell = sizeof(long);

    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _bytes = [];

    public TableField Field { get; } = field;

    public long RowCount { get; private set; }

    public long MissingCount { get; private set; }

    public Extremes Extremes { get; } = new();

    public abstract bool HasExactDistinctCount { get; }

    public long DistinctCount => HasExactDistinctCount ? ExactDistinctCount : Math.Min(RowCount - MissingCount, Math.Max(Distinct.DistinctCount, options.MaxDistinctValues + 1L));

    protected InspectionOptions Options => options;

    protected abstract int ExactDistinctCount { get; }

    protected HashSample Distinct { get; } = new(MaxHashes);

    /// <summary>Creates what fits a column.</summary>
    public static ColumnTally Of(TableField field, InspectionOptions options) => field.Kind switch
    {
        ColumnKind.Category => new WordTally(field, options),
        ColumnKind.DateTime => new DateTally(field, options),
        ColumnKind.Boolean => new BooleanTally(field, options),
        _ => new NumberTally(field, options),
    };

    /// <summary>Counts cells.</summary>
    /// <param name="batch">The cells.</param>
    /// <param name="hashes">Receives one hash per cell, the same for equal cells of this column.</param>
    public void Add(TableColumn batch, Span<ulong> hashes)
    {
        if (_bytes.Length < batch.RowCount * BytesOfCell)
            _bytes = new byte[batch.RowCount * BytesOfCell];
        MissingCount += Count(batch, hashes);
        RowCount += batch.RowCount;
        for (int row = 0; row < batch.RowCount; row++)
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(row * BytesOfCell), hashes[row]);
        _content.AppendData(_bytes, 0, batch.RowCount * BytesOfCell);
    }

    /// <summary>A digest of all cells; equal for columns of equal cells. Called once.</summary>
    public string Content() => ContentKind + Convert.ToHexString(_content.GetHashAndReset());

    public abstract ColumnInspection Result();

    public void Dispose() => _content.Dispose();

    /// <summary>Numbers and booleans are compared with each other, words and dates with their like.</summary>
    protected abstract string ContentKind { get; }

    /// <returns>How many cells are missing.</returns>
    protected abstract int Count(TableColumn batch, Span<ulong> hashes);

    /// <summary>Of values that rise from row to row no two are the same, however many there are.</summary>
    protected static ColumnInspection AllDifferent(ColumnInspection column) => column with { DistinctCount = column.PresentCount, HasExactDistinctCount = true };

    protected ColumnInspection Result(IEnumerable<FrequentValue> frequent) =>
        new(Field.Name, Field.Kind, Field.Role, Field.Origin, RowCount, MissingCount, DistinctCount, HasExactDistinctCount) { FrequentValues = [.. frequent.Take(options.MaxFrequentValues)] };
}
