using System.Globalization;

namespace AnomalyKit.Tables;

/// <summary>Reads the weight column of a table.</summary>
internal static class TableWeights
{
    /// <summary>One weight per row, at least 0; null where the table has no weight column.</summary>
    public static double[]? Of(FeatureTable table, long firstRow)
    {
        if (table.Schema.WeightIndex < 0)
            return null;
        if (table.Columns[table.Schema.WeightIndex] is not NumberColumn column)
        {
            var field = table.Schema.Fields[table.Schema.WeightIndex];
            throw new TableDataException($"The weight column '{field.Name}' is {field.Kind.ToString().ToLowerInvariant()} ({field.Origin}); numbers were expected.", columnName: field.Name);
        }

        var weights = new double[table.RowCount];
        column.CopyTo(0, weights);
        for (int row = 0; row < weights.Length; row++)
        {
            if (double.IsFinite(weights[row]) && weights[row] >= 0)
                continue;
            string value = double.IsNaN(weights[row]) ? "missing" : weights[row].ToString("R", CultureInfo.InvariantCulture);
            throw new TableDataException(
                $"Row {firstRow + row}, column '{column.Name}' is {value}; a weight is a finite number of at least 0. Give the row a weight, 0 to leave it out.", firstRow + row, column.Name);
        }

        return weights;
    }
}
