using AnomalyKit.Parquet.Cells;
using AnomalyKit.Parquet.Files;
using AnomalyKit.Tables;

namespace AnomalyKit.Parquet.Reading;

/// <summary>A column that batches have.</summary>
/// <param name="Field">Its name, kind and role.</param>
/// <param name="EveryDigit">Whether numbers that a double rounds are wanted as text.</param>
/// <param name="Partition">Where it comes from, if not from the files.</param>
/// <param name="Shape">What its cells are in every file, before they become the kind wanted.</param>
internal sealed record WantedColumn(TableField Field, bool EveryDigit, PartitionColumn? Partition, CellShape Shape)
{
    /// <summary>The column as it is in every batch.</summary>
    public TableColumn Unify(TableColumn column, long firstRow)
    {
        if (Shape == CellShape.Double && column is NumberColumn numbers)
            column = CellConversion.AsDouble(numbers);
        return CellConversion.To(column, Field.Kind, firstRow);
    }
}
