namespace AnomalyKit;

/// <summary>Refuses columns that an algorithm cannot use as they are, before anything is computed.</summary>
internal static class ColumnKindChecks
{
    public static void ThrowIfUnusable(FeatureSchema schema, bool acceptsMissing, bool acceptsCategories, FeatureScaling scaling, string trainer, string parameter)
    {
        if (schema.IsPlain)
            return;
        if (FirstUnusable(schema, acceptsMissing, acceptsCategories) is >= 0 and var column)
            throw new ArgumentException($"{Describe(schema, column, acceptsCategories)}, which {trainer} cannot use. {Remedy(schema, column, acceptsCategories)}", parameter);
        if (scaling == FeatureScaling.None)
            return;
        column = FirstUnusable(schema, false, false);
        throw new ArgumentException(
            $"{Describe(schema, column, false)}, which the scaling '{scaling}' cannot use: it needs complete numbers. "
            + $"Set Scaling to FeatureScaling.None. Otherwise: {Remedy(schema, column, false)}",
            parameter);
    }

    /// <summary>The first column that is a category or may have missing cells where that is not accepted, or −1.</summary>
    public static int FirstUnusable(FeatureSchema schema, bool acceptsMissing, bool acceptsCategories)
    {
        for (int i = 0; i < schema.ColumnCount; i++)
        {
            if ((schema.LevelCounts[i] > 0 && !acceptsCategories) || (schema.MissingAllowed[i] && !acceptsMissing))
                return i;
        }

        return -1;
    }

    private static bool IsCategory(FeatureSchema schema, int column, bool acceptsCategories) => schema.LevelCounts[column] > 0 && !acceptsCategories;

    private static string Describe(FeatureSchema schema, int column, bool acceptsCategories) => IsCategory(schema, column, acceptsCategories)
        ? $"Column '{schema.ColumnNames[column]}' (index {column}) is a category"
        : $"Column '{schema.ColumnNames[column]}' (index {column}) may have missing cells";

    private static string Remedy(FeatureSchema schema, int column, bool acceptsCategories) => IsCategory(schema, column, acceptsCategories)
        ? "Encode categories as numbers with a preparation (one-hot, frequency or ordinal), or fit an IsolationForestTrainer, which splits them by subsets of levels."
        : "Fill missing cells with a preparation (for example the median of the column), or fit an IsolationForestTrainer, which takes them as they are.";
}
