namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of categories.</summary>
internal sealed class CategoryFit(TablePreparation recipe, bool acceptsCategories)
{
    public ColumnEncoder Fit(CategoryColumn column, MissingCells rule, double[]? weights) => Fit(column, rule, Counts(column, weights));

    /// <summary>Fits the encoder where only some rows are there.</summary>
    public ColumnEncoder Fit(CategoryColumn column, MissingCells rule, ExtractedRows extracted)
    {
        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (level, rows) in ((CategoryStatistics)extracted.Statistics[column.Name]).Counts)
            counts.Add(level, rows);
        return Fit(column, rule, counts);
    }

    private ColumnEncoder Fit(CategoryColumn column, MissingCells rule, SortedDictionary<string, double> counts)
    {
        var levels = new List<string>(recipe.LevelsOf(column.Name) ?? [.. counts.Keys.Order(StringComparer.Ordinal)]);
        if (levels.Count == 0)
            throw new ArgumentException($"The list of levels of column '{column.Name}' is empty.");
        foreach (string level in levels)
        {
            if (!FeatureSchema.IsWellFormed(level))
                throw IdentifierRule.IllFormed(column.Name, level);
        }

        var fill = Fill(rule, levels, counts);
        double[] rows = [.. levels.Select(level => counts.GetValueOrDefault(level))];
        var binary = recipe.CategoriesOf(column.Name) == CategoryEncoding.Automatic ? BinaryEncoder.Of(column.Name, levels, rows, fill) : null;
        return EncodingOf(column.Name, levels.Count) switch
        {
            CategoryEncoding.OneHot when binary is not null => binary,
            CategoryEncoding.OneHot => OneHotEncoder.Of(column.Name, levels, rows, fill),
            CategoryEncoding.Frequency => FrequencyEncoder.Of(column.Name, levels, rows, fill),
            CategoryEncoding.Ordinal => new OrdinalEncoder(column.Name, levels, fill),
            _ => new LevelEncoder(column.Name, levels, fill),
        };
    }

    private CategoryEncoding EncodingOf(string column, int levels)
    {
        var encoding = recipe.CategoriesOf(column);
        if (encoding == CategoryEncoding.Native && !acceptsCategories)
        {
            throw new ArgumentException(
                $"The categories of column '{column}' are to be used without encoding, but the trainer does not accept categories. Use CategoryEncoding.Automatic, or a trainer that accepts categories, such as the isolation forest.");
        }

        if (encoding != CategoryEncoding.Automatic)
            return encoding;
        if (acceptsCategories)
            return CategoryEncoding.Native;
        return levels <= recipe.MaxOneHotLevels ? CategoryEncoding.OneHot : CategoryEncoding.Frequency;
    }

    private static SortedDictionary<string, double> Counts(CategoryColumn column, double[]? weights)
    {
        var byCode = new double[column.Levels.Count];
        var codes = column.Codes.Span;
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0)
                byCode[codes[row]] += weights is null ? 1 : weights[row];
        }

        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int code = 0; code < byCode.Length; code++)
        {
            if (byCode[code] > 0)
                counts[column.Levels[code]] = counts.GetValueOrDefault(column.Levels[code]) + byCode[code];
        }

        return counts;
    }

    private static CategoryFill Fill(MissingCells rule, List<string> levels, SortedDictionary<string, double> counts)
    {
        switch (rule.Rule)
        {
            case MissingRule.Refuse:
                return CategoryFill.Refused;
            case MissingRule.Native:
                return CategoryFill.Native;
            case MissingRule.Constant:
                if (!levels.Contains(rule.Word!))
                    levels.Add(rule.Word!);
                return CategoryFill.With(levels.IndexOf(rule.Word!));
            default:
                string most = levels.Order(StringComparer.Ordinal).MaxBy(level => counts.GetValueOrDefault(level))!;
                return CategoryFill.With(levels.IndexOf(most));
        }
    }
}
