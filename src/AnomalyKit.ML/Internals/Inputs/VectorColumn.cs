using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>The column of vectors that detectors of matrices look at.</summary>
internal static class VectorColumn
{
    /// <param name="schema">The columns that there are.</param>
    /// <param name="columnName">The one wanted.</param>
    /// <param name="columnCount">How many slots it must have; null for any number.</param>
    public static DataViewSchema.Column Find(DataViewSchema schema, string columnName, int? columnCount = null)
    {
        if (schema.GetColumnOrNull(columnName) is not { } column)
        {
            throw new ArgumentException(
                $"There is no column '{columnName}'. The columns are: {string.Join(", ", schema.Where(other => !other.IsHidden).Select(other => other.Name))}. Name the column of vectors (featureColumnName), or make one with Concatenate.",
                nameof(schema));
        }

        if (column.Type is not VectorDataViewType { ItemType: NumberDataViewType item } vector || item != NumberDataViewType.Single)
        {
            throw new ArgumentException(
                $"Column '{columnName}' holds {column.Type}; a vector of Single is needed. Make one with Concatenate, and convert other numbers first (ConvertType); for columns of other types use a TableTrainer.",
                nameof(schema));
        }

        if (vector.Size == 0)
            throw new ArgumentException($"Column '{columnName}' holds vectors of unknown size; detectors need one size for all rows. Declare it, for example by [VectorType(30)] or a SchemaDefinition.", nameof(schema));
        if (columnCount is { } count && vector.Size != count)
            throw new ArgumentException($"Column '{columnName}' holds vectors of {vector.Size} values; the detector was fitted on {count} columns. Give the columns that it was fitted on.", nameof(schema));
        return column;
    }

    /// <summary>The columns of a matrix: the names of the slots where they have different ones.</summary>
    public static FeatureSchema Schema(DataViewSchema.Column column)
    {
        int count = ((VectorDataViewType)column.Type).Size;
        if (!column.HasSlotNames())
            return FeatureSchema.Unnamed(count);
        var slots = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref slots);
        string[] names = [.. slots.DenseValues().Select(name => name.ToString())];
        bool areNames = names.Length == count && !names.Any(string.IsNullOrWhiteSpace) && names.Distinct(StringComparer.Ordinal).Count() == count;
        return areNames ? new FeatureSchema(names) : FeatureSchema.Unnamed(count);
    }

    /// <summary>Refuses a vector of another length than its type says: ML.NET does not check arrays of objects.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static void ThrowIfOtherLength(int length, int columnCount, string columnName, long row)
    {
        if (length != columnCount)
            throw new ArgumentException($"Row {row}, column '{columnName}': the vector has {length} values; the column holds vectors of {columnCount}. Give every row an array of {columnCount} values.");
    }

    /// <summary>All rows.</summary>
    public static FeatureMatrix ReadAll(IDataView data, DataViewSchema.Column column, CancellationToken cancellationToken)
    {
        const int RowsBetweenChecks = 1024;
        var schema = Schema(column);
        int capacity = (int)Math.Clamp(data.GetRowCount() ?? 0, 0, Array.MaxLength);
        var rows = new FeatureMatrixBuilder(schema, capacity);
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        var values = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            if (rows.RowCount % RowsBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            getter(ref values);
            ThrowIfOtherLength(values.Length, schema.ColumnCount, column.Name, rows.RowCount);
            values.CopyTo(rows.GetSpan(1));
            rows.Advance(1);
        }

        return rows.Build();
    }
}
