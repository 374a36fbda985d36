using AnomalyKit.Profiles;

namespace AnomalyKit.Explaining;

/// <summary>Puts an attribution into words, and looks for what would end the alert.</summary>
internal static class Explainer
{
    // Of how far the column that goes furthest goes beyond what is typical: one with less says nothing to a person, who would ask what is wrong with it.
    private const double LeastPart = 0.02;

    /// <param name="attributed">The contributions, and the cells that are wrong.</param>
    /// <param name="typical">What each column contributes to an ordinary row; null where that is not known.</param>
    /// <param name="detector">The detector: its threshold decides, and its calibration gives p-values.</param>
    /// <param name="row">The row.</param>
    /// <param name="options">What to say.</param>
    public static Explanation Explain(AttributedRow attributed, TypicalContributions? typical, IAnomalyDetector detector, IRowVariants row, ExplanationOptions options)
    {
        double threshold = detector.Threshold;
        var attribution = attributed.Attribution;
        var typicalOfRow = typical?.Of(attributed.Encoded);
        List<Reason> reasons = [.. Reasons(attributed, typicalOfRow, row, options.MaxReasons)];
        bool isSearched = attribution.Score > threshold && options.Counterfactual is not null && row.ProfileOf(0) is not null;
        var counterfactual = isSearched ? new CounterfactualSearch(row, threshold, Checked(options.Counterfactual!, row)).Find(attribution.Contributions) : null;
        if (counterfactual is not null)
            AddChanged(reasons, counterfactual, attributed, typicalOfRow, row, options.MaxReasons);
        var tail = detector.Calibrator as TailCalibrator;
        double? p = tail?.TailProbability(attribution.Score);
        return new Explanation(attribution, threshold, reasons.AsReadOnly(), counterfactual, isSearched)
        {
            Breadth = RowBreadth.Of(row),
            FilledCells = [.. Filled(row)],
            PValue = p,
            LeastPValueRows = tail?.LeastProbabilityRows is { } rows && p <= 1 / (1.0 + rows) ? rows : null,
        };
    }

    private static IEnumerable<FilledCell> Filled(IRowVariants row)
    {
        for (int column = 0; column < row.Count; column++)
        {
            if (row.ValueOf(column).IsMissing && row.StandInOf(column) is { } standIn)
                yield return new FilledCell(row.NameOf(column), standIn, row.ProfileOf(column)?.MissingFraction);
        }
    }

    /// <summary>A column that has to change is also a reason, if it speaks against the row.</summary>
    private static void AddChanged(List<Reason> reasons, Counterfactual counterfactual, AttributedRow attributed, TypicalOfRow? typical, IRowVariants row, int maxReasons)
    {
        var attribution = attributed.Attribution;
        foreach (var column in attribution.Top(attribution.Contributions.Length))
        {
            if (reasons.Count < maxReasons && counterfactual.Changes.Any(change => change.ColumnName == column.Name) && reasons.All(reason => reason.ColumnName != column.Name))
                reasons.Add(ReasonWriter.Write(column, typical, null, IsUnlikeItsLevel(column, null, attribution, typical), row));
        }
    }

    /// <summary>The reasons alone.</summary>
    /// <param name="attributed">The contributions, and the cells that are wrong.</param>
    /// <param name="typical">What each column contributes to an ordinary row; null where that is not known.</param>
    /// <param name="row">The row.</param>
    /// <param name="maxReasons">The most reasons.</param>
    public static Reason[] Reasons(AttributedRow attributed, TypicalContributions? typical, IRowVariants row, int maxReasons) =>
        Reasons(attributed, typical?.Of(attributed.Encoded), row, maxReasons);

    private static Reason[] Reasons(AttributedRow attributed, TypicalOfRow? typical, IRowVariants row, int maxReasons) =>
        [.. Named(attributed, typical, row).Take(maxReasons).Select(named => ReasonWriter.Write(named.Column, typical, named.Cell, IsUnlikeItsLevel(named.Column, named.Cell, attributed.Attribution, typical), row))];

    /// <summary>Whether the level of a row in a column is more unusual than in other rows that have it: by itself it is at most rare.</summary>
    private static bool IsUnlikeItsLevel(ColumnContribution column, DeviatingCell? cell, Attribution attribution, TypicalOfRow? typical) =>
        cell is not null ? typical?.IsUsuallyWrong(column.Index) != true : typical?.IsLouderThanItsLevel(column.Index, attribution.Contributions) == true;

    /// <summary>The columns of the cells that are wrong, as far as the detector knows; otherwise those whose contributions tell most.</summary>
    private static IEnumerable<(ColumnContribution Column, DeviatingCell? Cell)> Named(AttributedRow attributed, TypicalOfRow? typical, IRowVariants row)
    {
        var attribution = attributed.Attribution;
        // A level whose rows are all unlike the others is wrong in each of them. That is no news where another cell is wrong, too.
        var cells = attributed.Cells.Where(cell => typical?.IsUsuallyWrong(cell.Index) != true).ToList();
        if (cells.Count == 0)
            cells = [.. attributed.Cells];
        // A column by itself has no rest of the row.
        return cells.Count > 0 && attribution.Groups.Count > 1
            ? cells.Select(cell => (new ColumnContribution(cell.Index, attribution.Groups.Names[cell.Index], attribution.Contributions[cell.Index]), (DeviatingCell?)cell))
            : Telling(attribution, typical, row).Select(column => (column, (DeviatingCell?)null));
    }

    /// <summary>
    /// The columns that speak against the row, those first that do so furthest beyond what is typical of them. Columns that do not go beyond it, or by next to nothing, are left out, and so are usual values that are
    /// not loud: unless no column is left.
    /// </summary>
    private static ColumnContribution[] Telling(Attribution attribution, TypicalOfRow? typical, IRowVariants row)
    {
        ColumnContribution[] ordered = [.. attribution.Top(attribution.Contributions.Length).OrderByDescending(column => typical?.Weight(column.Index, column.Contribution) ?? column.Contribution)];
        double least = LeastPart * ordered.Select(Beyond).DefaultIfEmpty().Max();
        ColumnContribution[] beyond = least > 0 ? [.. ordered.Where(column => Beyond(column) >= least)] : ordered;
        if (typical is null)
            return beyond;
        ColumnContribution[] telling = [.. beyond.Where(column => typical.IsLoud(column.Index, attribution.Contributions) || !OrdinaryValue.IsIn(row, column.Index))];
        return telling.Length > 0 ? telling : beyond;

        double Beyond(ColumnContribution column) => column.Contribution - (typical?.Of(column.Index) ?? 0);
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
