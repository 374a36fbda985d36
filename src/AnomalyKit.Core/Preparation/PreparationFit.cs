using System.Globalization;
using AnomalyKit.Tables;

namespace AnomalyKit.Preparation;

/// <summary>Finds the encoders of all columns of a table.</summary>
/// <param name="recipe">What becomes of columns.</param>
/// <param name="acceptsMissing">Whether the trainer behind can use missing cells.</param>
/// <param name="acceptsCategories">Whether it can use categories.</param>
/// <param name="trainer">The name of the trainer behind, for messages, where it is known.</param>
internal sealed class PreparationFit(TablePreparation recipe, bool acceptsMissing, bool acceptsCategories, string? trainer = null)
{
    public FittedPreparation Run(FeatureTable table, CancellationToken cancellationToken)
    {
        if (table.RowCount == 0)
            throw new TableDataException("The table has no rows; a preparation needs at least one to be fitted on.");
        foreach (string name in recipe.Columns.Keys)
            _ = table.Schema.IndexOf(name);
        (table, double[]? weights) = Weighted(table);
        return Run(table, weights, extracted: null, cancellationToken);
    }

    /// <summary>Fits where only some rows of the table are there, its features only.</summary>
    public FittedPreparation Run(FeatureTable table, ExtractedRows extracted, CancellationToken cancellationToken) => table.RowCount == 0
        ? throw new TableDataException("The table has no rows; a preparation needs at least one to be fitted on.")
        : Run(table, weights: null, extracted, cancellationToken);

    /// <summary>Refuses a missing cell that the recipe has no use for.</summary>
    /// <param name="column">Cells of one column.</param>
    /// <param name="firstRow">The number of the first row.</param>
    public void ThrowIfMissing(TableColumn column, long firstRow)
    {
        if (recipe.MissingOf(column.Name).Rule != MissingRule.Refuse)
            return;
        for (int row = 0; row < column.RowCount; row++)
        {
            if (column.IsMissing(row))
                throw Missing($"Row {firstRow + row}, column '{column.Name}' is missing.", firstRow + row, column.Name);
        }
    }

    private FittedPreparation Run(FeatureTable table, double[]? weights, ExtractedRows? extracted, CancellationToken cancellationToken)
    {
        ThrowIfNativeCannotBe(table, extracted);
        var encoders = new List<ColumnEncoder>();
        var fields = new List<TableField>();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var field = table.Schema.Fields[i];
            if (field.Role != ColumnRole.Feature)
                continue;
            var made = Encoders(table.Columns[i], weights, extracted, cancellationToken);
            if (made.Count > 0)
                fields.Add(field);
            encoders.AddRange(made);
        }

        if (encoders.Count == 0)
            throw new TableDataException($"No feature column is left. The columns are: {table.Schema}.");
        return new FittedPreparation(new TableSchema(fields), encoders);
    }

    // A row of weight 0 is absent: nothing is learned from it.
    private static (FeatureTable Table, double[]? Weights) Weighted(FeatureTable table)
    {
        if (TableWeights.Of(table, 0) is not { } weights)
            return (table, null);
        int[] present = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        if (present.Length == 0)
            throw new TableDataException($"All {weights.Length} rows have the weight 0, so there is nothing to fit on.");
        return present.Length == weights.Length ? (table, weights) : (table.SelectRows(present), Array.ConvertAll(present, row => weights[row]));
    }

    private List<ColumnEncoder> Encoders(TableColumn column, double[]? weights, ExtractedRows? extracted, CancellationToken cancellationToken)
    {
        var statistics = extracted?.Statistics[column.Name];
        int missing = column.MissingCount;
        if (missing == column.RowCount)
        {
            throw new TableDataException(
                $"Column '{column.Name}' has no value in any of {statistics?.Count ?? column.RowCount} rows, so nothing can be learned from it. Leave it out (TableLayout.IgnoredColumns).", columnName: column.Name);
        }

        var rule = RuleFor(column, missing);
        if (missing > 0 && rule.Rule == MissingRule.Refuse)
            ThrowMissing(column, missing);
        if (!recipe.Columns.ContainsKey(column.Name) && statistics is not null)
            statistics.ThrowIfIdentifier();
        else if (!recipe.Columns.ContainsKey(column.Name))
            IdentifierRule.ThrowIfIdentifier(column, missing);
        if (column is not DateTimeColumn && recipe.Columns.GetValueOrDefault(column.Name)?.Dates is not null)
            ThrowNoDates(column);
        var encoder = Encoder(column, rule, weights, extracted, cancellationToken);
        if (encoder is null && recipe.DatesOf(column.Name) == DateParts.None)
            return [];
        // Dates of which no part is left may still be missing.
        return [.. encoder is null ? Array.Empty<ColumnEncoder>() : [encoder], .. rule.HasIndicator && missing > 0 ? [new IndicatorEncoder(column.Name, column.Kind)] : Array.Empty<ColumnEncoder>()];
    }

    // A constant for all columns is meant for those with gaps: a column without any that cannot hold it, such as one of dates, is left alone, and refuses a gap that comes later.
    private MissingCells RuleFor(TableColumn column, int missing)
    {
        var rule = recipe.MissingOf(column.Name);
        bool isLeftAlone = missing == 0 && rule.Rule == MissingRule.Constant && !recipe.HasOwnMissing(column.Name) && !CanHold(column, rule);
        return isLeftAlone ? MissingCells.Refuse : rule;
    }

    private static bool CanHold(TableColumn column, MissingCells constant) => column switch
    {
        CategoryColumn => true,
        DateTimeColumn => false,
        _ => !double.IsNaN(constant.Number),
    };

    /// <summary>Refuses to leave cells missing where the trainer cannot use them; a column that has some is named first.</summary>
    private void ThrowIfNativeCannotBe(FeatureTable table, ExtractedRows? extracted)
    {
        if (acceptsMissing)
            return;
        TableColumn[] native = [.. table.Columns.Where((column, i) => table.Schema.Fields[i].Role == ColumnRole.Feature && recipe.MissingOf(column.Name).Rule == MissingRule.Native)];
        if (native.Length == 0)
            return;
        var (name, count) = native.Select(column => (column.Name, Count: extracted?.Statistics[column.Name].Missing ?? column.MissingCount)).MaxBy(column => Math.Min(column.Count, 1));
        string cells = count == 0
            ? $"Missing cells of column '{name}' are to stay missing"
            : string.Create(CultureInfo.InvariantCulture, $"Column '{name}' has {count:N0} missing {(count == 1 ? "cell" : "cells")}, to stay missing");
        throw new ArgumentException(
            $"{cells} (MissingCells.Native), but the trainer behind{(trainer is null ? "" : $", {trainer},")} cannot use missing cells. Fill them in (MissingCells.Median, MostFrequent …), or use a trainer that accepts them, such as the isolation forest.");
    }

    private ColumnEncoder? Encoder(TableColumn column, MissingCells rule, double[]? weights, ExtractedRows? extracted, CancellationToken cancellationToken)
    {
        switch (column)
        {
            case NumberColumn numbers:
                return extracted is null ? NumberFit.Fit(numbers, rule, weights, cancellationToken) : NumberFit.Fit(numbers, rule, extracted);
            case BooleanColumn booleans:
                return extracted is null ? BooleanFit.Fit(booleans, rule, weights) : BooleanFit.Fit(booleans, rule, extracted);
            case CategoryColumn categories:
                var fit = new CategoryFit(recipe, acceptsCategories);
                return extracted is null ? fit.Fit(categories, rule, weights) : fit.Fit(categories, rule, extracted);
            case DateTimeColumn dates when recipe.DatesOf(column.Name) is var parts && parts != DateParts.None:
                return extracted is null ? DateFit.Fit(dates, parts, rule, weights) : DateFit.Fit(dates, parts, rule, extracted);
            default:
                return null;
        }
    }

    private static void ThrowNoDates(TableColumn column)
    {
        string cells = column.Kind switch
        {
            ColumnKind.Number => "numbers",
            ColumnKind.Boolean => "yes or no",
            _ => "words",
        };
        throw new TableDataException($"Column '{column.Name}' is to be seen as parts of dates (ColumnPreparation.Dates), but its cells are {cells}. Declare it as dates (TableLayout.Kinds), or leave its parts out.", columnName: column.Name);
    }

    private static void ThrowMissing(TableColumn column, int missing)
    {
        int row = 0;
        while (!column.IsMissing(row))
            row++;
        throw Missing($"Row {row}, column '{column.Name}' is missing, as are {missing} of {column.RowCount} cells of the column.", row, column.Name);
    }

    private static TableDataException Missing(string what, long row, string column) => new(
        $"{what} Rows are counted from 0. Say what becomes of missing cells: TablePreparation.Missing = MissingCells.Median, MostFrequent, Constant(…), or Native for trainers that can use them.", row, column);
}
