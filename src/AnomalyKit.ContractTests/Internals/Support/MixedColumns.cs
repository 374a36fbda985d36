using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Support;

/// <summary>Matrices with categories and missing cells.</summary>
internal static class MixedColumns
{
    private const int Levels = 7;

    /// <summary>A number, a category and a number, of which the last two have missing cells.</summary>
    public static FeatureMatrix Of(int rows)
    {
        var random = new CounterRandom(5);
        var cells = new float[rows * 3];
        for (int i = 0; i < cells.Length; i += 3)
        {
            cells[i] = (float)random.NextGaussian();
            cells[i + 1] = random.NextInt32(6) == 0 ? float.NaN : random.NextInt32(Levels);
            cells[i + 2] = random.NextInt32(6) == 0 ? float.NaN : (float)random.NextGaussian();
        }

        var schema = new FeatureSchema(["size", "color", "age"]).WithCategories(new Dictionary<string, int> { ["color"] = Levels }).WithMissing("color", "age");
        return FeatureMatrix.Wrap(cells, schema);
    }

    /// <summary>The same rows with every fifth cell of a column missing.</summary>
    public static FeatureMatrix WithMissing(FeatureMatrix data, int column) => Changed(
        data, column, (row, cell) => row % 5 == 3 ? float.NaN : cell, data.Schema.WithMissing(data.Schema.ColumnNames[column]));

    /// <summary>The same rows with a category of seven levels in place of a column.</summary>
    public static FeatureMatrix WithCategory(FeatureMatrix data, int column) => Changed(
        data, column, (row, _) => row * 31 % 11 % Levels, data.Schema.WithCategories(new Dictionary<string, int> { [data.Schema.ColumnNames[column]] = Levels }));

    private static FeatureMatrix Changed(FeatureMatrix data, int column, Func<int, float, float> change, FeatureSchema schema)
    {
        var cells = new float[data.RowCount * data.ColumnCount];
        for (int row = 0; row < data.RowCount; row++)
        {
            data.Cells(row).CopyTo(cells.AsSpan(row * data.ColumnCount));
            cells[(row * data.ColumnCount) + column] = change(row, data.Cells(row)[column]);
        }

        return FeatureMatrix.Wrap(cells, schema);
    }
}
