using ParquetSharp;

namespace AnomalyKit.Parquet.Writing;

/// <summary>Writes cells of one column: all columns are optional, as a later batch may miss cells that the first one has.</summary>
internal abstract class ColumnSink
{
    /// <summary>The column in the file's schema.</summary>
    public abstract ParquetSharp.Schema.Node Node();

    /// <summary>Appends the cells of a batch.</summary>
    public abstract void Write(ColumnWriter writer, TableColumn column);

    /// <summary>The sink for a column like this one.</summary>
    public static ColumnSink For(TableColumn column) => column switch
    {
        SingleColumn => new PackedSink<float>(
            column.Name, LogicalType.None(), PhysicalType.Float, (cells, packed, levels) => Pack(((SingleColumn)cells).Cells.Span, packed, levels, float.IsNaN)),
        DoubleColumn => new PackedSink<double>(
            column.Name, LogicalType.None(), PhysicalType.Double, (cells, packed, levels) => Pack(((DoubleColumn)cells).Cells.Span, packed, levels, double.IsNaN)),
        Int64Column => new PackedSink<long>(column.Name, LogicalType.None(), PhysicalType.Int64, (cells, packed, levels) => Pack((Int64Column)cells, packed, levels)),
        BooleanColumn => new PackedSink<bool>(column.Name, LogicalType.None(), PhysicalType.Boolean, (cells, packed, levels) => Pack((BooleanColumn)cells, packed, levels)),
        DateTimeColumn times => new PackedSink<long>(
            column.Name, LogicalType.Timestamp(times.IsUtc, TimeUnit.Micros), PhysicalType.Int64, (cells, packed, levels) => Pack((DateTimeColumn)cells, packed, levels)),
        _ => new TextSink(column.Name),
    };

    private static int Pack<T>(ReadOnlySpan<T> cells, T[] packed, short[] levels, Func<T, bool> isMissing)
    {
        int count = 0;
        for (int row = 0; row < cells.Length; row++)
        {
            bool missing = isMissing(cells[row]);
            levels[row] = missing ? (short)0 : (short)1;
            if (!missing)
                packed[count++] = cells[row];
        }

        return count;
    }

    private static int Pack(Int64Column column, long[] packed, short[] levels)
    {
        int count = 0;
        var cells = column.Cells.Span;
        var missing = column.Missing.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            bool there = missing.IsEmpty || !missing[row];
            levels[row] = there ? (short)1 : (short)0;
            if (there)
                packed[count++] = cells[row];
        }

        return count;
    }

    private static int Pack(BooleanColumn column, bool[] packed, short[] levels)
    {
        int count = 0;
        var cells = column.Cells.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            levels[row] = cells[row] == BooleanColumn.MissingCell ? (short)0 : (short)1;
            if (cells[row] != BooleanColumn.MissingCell)
                packed[count++] = cells[row] != 0;
        }

        return count;
    }

    private static int Pack(DateTimeColumn column, long[] packed, short[] levels)
    {
        int count = 0;
        var cells = column.Ticks.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            bool there = cells[row] != DateTimeColumn.MissingCell;
            levels[row] = there ? (short)1 : (short)0;
            // Rounded down, before 1970 as well: the year 1 is a whole number of microseconds away.
            if (there)
                packed[count++] = (cells[row] / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);
        }

        return count;
    }
}
