using AnomalyKit.Arrow.Reading;
using AnomalyKit.Arrow.Writing;
using Apache.Arrow;

namespace AnomalyKit;

/// <summary>Typed tables from Arrow record batches, and back.</summary>
public static class ArrowTables
{
    /// <summary>Looks at a record batch as a table. float, double and int64 cells are not copied, unless floats or doubles have gaps.</summary>
    /// <param name="batch">The batch, whole or a slice. It belongs to the caller; dispose it after the table's last use.</param>
    /// <param name="layout">Which columns are read, as what; all by default.</param>
    /// <returns>A table of the same rows.</returns>
    /// <exception cref="TableDataException">There is no such column, or a cell is not what its column holds.</exception>
    public static FeatureTable ToTable(RecordBatch batch, TableLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return BatchSource.Guard("The batch", () =>
        {
            var columns = new BatchColumns(batch.Schema, layout ?? TableLayout.Default);
            columns.Check(batch);
            return columns.Read(batch, 0, batch.Length, 0);
        });
    }

    /// <summary>Copies a table into a record batch.</summary>
    /// <param name="table">The table.</param>
    /// <returns>
    /// A batch of nullable columns: float, double, int64, bool, utf8 and timestamps of microseconds, with the zone UTC where cells are points in time. Missing cells are null, NaN included.
    /// </returns>
    public static RecordBatch FromTable(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ColumnArrays.Batch(table, ColumnArrays.Schema(table));
    }
}
