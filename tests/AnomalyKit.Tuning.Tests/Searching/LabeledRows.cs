using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning.Tests;

/// <summary>Rows of normal numbers, of which the first ones are anomalies: moved in their first column.</summary>
internal static class LabeledRows
{
    public static FeatureMatrix Make(int rows = 200, int anomalies = 20, int columns = 2, double shift = 3, ulong seed = 1)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        var labels = new bool[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = row < anomalies;
            for (int column = 0; column < columns; column++)
                cells[(row * columns) + column] = (float)(random.NextGaussian() + (column == 0 && labels[row] ? shift : 0));
        }

        return FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(columns), labels);
    }

    public static FeatureMatrix WithLabels(params IEnumerable<bool> labels)
    {
        bool[] all = [.. labels];
        return FeatureMatrix.Wrap(new float[all.Length], FeatureSchema.Unnamed(1), all);
    }

    /// <summary>A table of a number, a column of the test's, and labels as words, empty where unknown.</summary>
    public static FeatureTable Table(TableColumn other, ColumnRole role, IEnumerable<string?> labels) => new(
        [new DoubleColumn("x", Enumerable.Range(0, other.RowCount).Select(row => (double)row).ToArray()), other, CategoryColumn.FromWords("label", labels)],
        new TableSchema([new TableField("x", ColumnKind.Number), new TableField(other.Name, other.Kind, role), new TableField("label", ColumnKind.Category, ColumnRole.Label)]));
}
