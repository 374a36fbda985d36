namespace AnomalyKit.Preparation;

/// <summary>What a rule for missing cells makes of the values of a column.</summary>
internal static class FillRule
{
    /// <summary>The cell for missing values.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values that are there, sorted, with their weights; at least one where the rule looks at values.</param>
    /// <param name="offset">What is subtracted from a value for a cell.</param>
    /// <param name="column">The column, for errors.</param>
    public static CellFill Of(MissingCells rule, WeightedValues values, double offset, string column) => rule.Rule switch
    {
        MissingRule.Refuse => CellFill.Refused,
        MissingRule.Native => CellFill.Native,
        MissingRule.Constant => double.IsNaN(rule.Number)
            ? throw new ArgumentException($"Missing cells of column '{column}' are to be filled with the word '{rule.Word}', but its cells are no words. Give the column an entry of its own in TablePreparation.Columns.")
            : CellFill.With(rule.Number - offset),
        MissingRule.Median => CellFill.With(values.Median() - offset),
        MissingRule.Mean => CellFill.With(values.Mean() - offset),
        _ => CellFill.With(values.MostFrequent() - offset),
    };

    /// <summary>Whether a rule looks at the values of a column.</summary>
    public static bool NeedsValues(MissingCells rule) => rule.Rule is MissingRule.Median or MissingRule.Mean or MissingRule.MostFrequent;
}
