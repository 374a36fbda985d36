namespace AnomalyKit.Explaining;

/// <summary>Puts an attribution into words, and looks for what would end the alert.</summary>
internal static class Explainer
{
    public static Explanation Explain(Attribution attribution, double threshold, IRowVariants row, ExplanationOptions options)
    {
        Reason[] reasons = [.. attribution.Top(options.MaxReasons).Select(column => ReasonWriter.Write(column, row))];
        bool isSearched = attribution.Score > threshold && options.Counterfactual is not null && row.ProfileOf(0) is not null;
        var counterfactual = isSearched ? new CounterfactualSearch(row, threshold, Checked(options.Counterfactual!, row)).Find(attribution.Contributions) : null;
        return new Explanation(attribution, threshold, Array.AsReadOnly(reasons), counterfactual, isSearched);
    }

    private static CounterfactualOptions Checked(CounterfactualOptions options, IRowVariants row)
    {
        var names = Enumerable.Range(0, row.Count).Select(row.NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (string name in options.FrozenColumns.Concat(options.Ranges.Keys))
        {
            if (!names.Contains(name))
                throw new ArgumentException($"There is no column '{name}' to freeze or to keep in a range. The columns are: {string.Join(", ", names)}.", nameof(options));
        }

        foreach (var (name, range) in options.Ranges)
        {
            if (!(range.Minimum <= range.Maximum))
                throw new ArgumentException(FormattableString.Invariant($"The range of column '{name}' is from {range.Minimum} to {range.Maximum}; it must not be empty."), nameof(options));
        }

        return options;
    }
}
