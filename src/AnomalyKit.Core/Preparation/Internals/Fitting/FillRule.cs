namespace AnomalyKit.Preparation;

/// <summary>What a rule for missing cells makes of the values of a column.</summary>
internal static class FillRule
{
    /// <summary>The cell for missing values.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values that are there, at least one; sorted.</param>
    /// <param name="offset">What is subtracted from a value for a cell.</param>
    /// <param name="column">The column, for errors.</param>
    public static CellFill Of(MissingCells rule, double[] values, double offset, string column) => rule.Rule switch
    {
        MissingRule.Refuse => CellFill.Refused,
        MissingRule.Native => CellFill.Native,
        MissingRule.Constant => double.IsNaN(rule.Number)
            ? throw new ArgumentException($"Missing cells of column '{column}' are to become the word '{rule.Word}', but its cells are no words. Give the column an entry of its own in TablePreparation.Columns.")
            : CellFill.With(rule.Number - offset),
        MissingRule.Median => CellFill.With(Median(values) - offset),
        MissingRule.Mean => CellFill.With(Mean(values) - offset),
        _ => CellFill.With(MostFrequent(values) - offset),
    };

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] / 2) + (sorted[sorted.Length / 2] / 2);

    // Around the median, so that large numbers of small spread lose nothing.
    private static double Mean(double[] sorted)
    {
        double center = Median(sorted);
        double sum = 0;
        foreach (double value in sorted)
            sum += (value - center) / sorted.Length;
        return center + sum;
    }

    private static double MostFrequent(double[] sorted)
    {
        double best = sorted[0];
        int bestRun = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            if (end - start > bestRun)
                (best, bestRun) = (sorted[start], end - start);
            start = end;
        }

        return best;
    }
}
