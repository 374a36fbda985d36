namespace AnomalyKit.Persistence;

/// <summary>How a model file says which columns are categories and which cells may be missing. Files of plain columns hold nothing of it.</summary>
internal static class ColumnKindFormat
{
    private const string Levels = "columns.levels";
    private const string Missing = "columns.missing";

    public static void Write(ModelWriter writer, FeatureSchema schema)
    {
        if (schema.HasCategories)
            writer.Add(Levels, new ReadOnlyMemory<int>(schema.LevelCounts.ToArray()));
        if (!schema.AllowsMissing)
            return;
        var missing = new byte[schema.ColumnCount];
        for (int i = 0; i < missing.Length; i++)
            missing[i] = schema.MissingAllowed[i] ? (byte)1 : (byte)0;
        writer.Add(Missing, new ReadOnlyMemory<byte>(missing));
    }

    public static (int[]? LevelCounts, bool[]? MissingAllowed) Read(ModelReader reader, int columns, double[]? offsets)
    {
        int[]? levels = reader.HasArray(Levels) ? reader.GetInt32s(Levels, 0, FeatureSchema.MaxLevelCount, columns) : null;
        for (int i = 0; i < levels?.Length; i++)
        {
            if (levels[i] > 0 && offsets is not null && offsets[i] != 0)
                throw ModelReader.FormatError($"its column {i} is a category and has an offset");
        }

        return (levels, reader.HasArray(Missing) ? ReadMissing(reader, columns) : null);
    }

    /// <summary>Passes a model on that can use the columns of its frame; otherwise NaN would reach an algorithm that knows nothing of it.</summary>
    public static DetectorModel Checked(DetectorModel model, FeatureSchema schema)
    {
        if (schema.IsPlain)
            return model;
        int column = ColumnKindChecks.FirstUnusable(schema, model.AcceptsMissing, model.AcceptsCategories);
        if (column >= 0)
            throw ModelReader.FormatError($"its column {column} is a category or may have missing cells, which a detector of kind '{model.Info.Kind}' cannot use");
        return model.Transform.IsIdentity
            ? model
            : throw ModelReader.FormatError($"it has categories or missing cells behind the transform '{model.Transform.Kind}', which needs complete numbers");
    }

    private static bool[] ReadMissing(ModelReader reader, int columns)
    {
        byte[] bytes = reader.GetBytes(Missing, columns);
        var missing = new bool[columns];
        for (int i = 0; i < columns; i++)
        {
            missing[i] = bytes[i] switch
            {
                0 => false,
                1 => true,
                var other => throw ModelReader.FormatError($"element {i} of '{Missing}' is {other}; 0 or 1 was expected"),
            };
        }

        return missing;
    }
}
