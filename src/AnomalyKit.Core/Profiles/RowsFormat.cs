using AnomalyKit.Persistence;

namespace AnomalyKit.Profiles;

/// <summary>How the sampled rows of a profile lie in a model file.</summary>
internal static class RowsFormat
{
    private const string Missing = "missing";

    public static void Write(ModelWriter writer, FeatureMatrix rows)
    {
        var cells = new float[rows.CellCount];
        var missing = new byte[cells.Length];
        bool anyMissing = false;
        for (int row = 0; row < rows.RowCount; row++)
            rows.Cells(row).CopyTo(cells.AsSpan(row * rows.ColumnCount));
        for (int i = 0; i < cells.Length; i++)
        {
            if (!float.IsNaN(cells[i]))
                continue;
            (cells[i], missing[i], anyMissing) = (0, 1, true);
        }

        writer.Add<float>("cells", cells, rows.RowCount, rows.ColumnCount);
        if (anyMissing)
            writer.Add<byte>(Missing, missing, rows.RowCount, rows.ColumnCount);
    }

    public static FeatureMatrix Read(ModelReader reader, FeatureSchema schema)
    {
        float[] cells = reader.GetSingles("cells", -1, schema.ColumnCount);
        int rows = cells.Length / schema.ColumnCount;
        if (rows is < 1 or > ReferenceProfile.MaxRows)
            throw ModelReader.FormatError($"its profile has {rows} rows; 1 to {ReferenceProfile.MaxRows} were expected");
        byte[] missing = reader.HasArray(Missing) ? reader.GetBytes(Missing, rows, schema.ColumnCount) : [];
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] == 1)
                cells[i] = float.NaN;
            else if (missing[i] != 0)
                throw ModelReader.FormatError($"element {i} of '{Missing}' is {missing[i]}; 0 or 1 was expected");
        }

        int invalid = CellChecks.IndexOfInvalid(cells, schema);
        return invalid < 0
            ? FeatureMatrix.Wrap(cells, schema)
            : throw ModelReader.FormatError($"cell {invalid} of the rows in its profile is none that column {invalid % schema.ColumnCount} can hold");
    }
}
