using AnomalyKit.ML.Cells;
using Microsoft.ML;

namespace AnomalyKit;

/// <summary>Reads an <see cref="IDataView"/> of ML.NET as typed tables, batch by batch: text files, databases, <c>DataFrame</c>, results of pipelines.</summary>
/// <remarks>
/// <para>
/// Single, Double and Int64 cells become columns of that type, other whole numbers <see cref="Int64Column"/>, unsigned 64-bit ones <see cref="DoubleColumn"/>, and spans of time seconds. Text, and keys with their words, become
/// categories. A <see cref="DateTime"/> of kind UTC and a <see cref="DateTimeOffset"/> become points in time, any other <see cref="DateTime"/> stays as it is written.
/// </para>
/// <para>ML.NET has no missing cells but NaN and key 0. Here empty text and the first instant of the year 1, which its loaders give for an empty field, are missing, too.</para>
/// <para>Vectors have no place in a table; see <see cref="UnreadColumns"/>. Rows are read when a batch is asked for. Not thread-safe.</para>
/// </remarks>
public sealed class DataViewTableReader : TableReader
{
    private readonly ViewRows _rows;

    private DataViewTableReader(ViewRows rows) => _rows = rows;

    /// <inheritdoc/>
    public override TableSchema Schema => _rows.Columns.Table;

    /// <inheritdoc/>
    public override long RowCount => _rows.RowCount;

    /// <inheritdoc/>
    public override long? TotalRowCount => _rows.TotalRowCount;

    /// <summary>Columns that are not read, with the reason: vectors, images and other types that no table has.</summary>
    public IReadOnlyDictionary<string, string> UnreadColumns => _rows.Columns.Unread;

    /// <summary>Begins to read a data view.</summary>
    /// <param name="data">The data.</param>
    /// <param name="layout">Which columns are read, as what; all by default. Of columns of one name the last is read, as in ML.NET.</param>
    /// <returns>A reader; dispose it.</returns>
    /// <exception cref="TableDataException">There is no such column, or it cannot be read; the message says why.</exception>
    public static DataViewTableReader Open(IDataView data, TableLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataViewTableReader(new ViewRows(data, layout ?? TableLayout.Default));
    }

    /// <inheritdoc/>
    public override FeatureTable? ReadBatch(int maxRows, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return _rows.Read(maxRows, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Dispose();
    }
}
