namespace AnomalyKit.Preparation;

/// <summary>Finds the encoders of all columns of a table.</summary>
internal sealed class PreparationFit(TablePreparation recipe, bool acceptsMissing, bool acceptsCategories)
{
    public FittedPreparation Run(FeatureTable table, CancellationToken cancellationToken)
    {
        if (table.RowCount == 0)
            throw new TableDataException("The table has no rows; a preparation needs at least one to be fitted on.");
        foreach (string name in recipe.Columns.Keys)
            _ = table.Schema.IndexOf(name);
        (table, double[]? weights) = Weighted(table);
        var encoders = new List<ColumnEncoder>();
        var fields = new List<TableField>();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var field = table.Schema.Fields[i];
            if (field.Role != ColumnRole.Feature)
                continue;
            var made = Encoders(table.Columns[i], weights, cancellationToken);
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

    private List<ColumnEncoder> Encoders(TableColumn column, double[]? weights, CancellationToken cancellationToken)
    {
        int missing = column.MissingCount;
        if (missing == column.RowCount)
        {
            throw new TableDataException(
                $"Column '{column.Name}' has no value in any of {column.RowCount} rows, so nothing can be learned from it. Leave it out (TableLayout.IgnoredColumns).", columnName: column.Name);
        }

        var rule = recipe.MissingOf(column.Name);
        if (missing > 0 && rule.Rule == MissingRule.Refuse)
            ThrowMissing(column, missing);
        if (rule.Rule == MissingRule.Native && !acceptsMissing)
        {
            throw new ArgumentException(
                $"Missing cells of column '{column.Name}' are to stay missing, which the trainer behind cannot use. Fill them in (MissingCells.Median, MostFrequent …), or use a trainer that accepts them, such as the isolation forest.");
        }

        if (!recipe.Columns.ContainsKey(column.Name))
            IdentifierRule.ThrowIfIdentifier(column, missing);
        var encoders = new List<ColumnEncoder>();
        switch (column)
        {
            case NumberColumn numbers:
                encoders.Add(NumberFit.Fit(numbers, rule, weights, cancellationToken));
                break;
            case BooleanColumn booleans:
                encoders.Add(BooleanFit.Fit(booleans, rule, weights));
                break;
            case CategoryColumn categories:
                encoders.Add(new CategoryFit(recipe, acceptsCategories).Fit(categories, rule, weights));
                break;
            case DateTimeColumn dates when recipe.DatesOf(column.Name) is var parts && parts != DateParts.None:
                encoders.Add(DateFit.Fit(dates, parts, rule, weights));
                break;
        }

        if (encoders.Count > 0 && rule.HasIndicator && missing > 0)
            encoders.Add(new IndicatorEncoder(column.Name, column.Kind));
        return encoders;
    }

    private static void ThrowMissing(TableColumn column, int missing)
    {
        int row = 0;
        while (!column.IsMissing(row))
            row++;
        throw new TableDataException(
            $"Row {row}, column '{column.Name}' is missing, as are {missing} of {column.RowCount} cells of the column. Say what becomes of missing cells: TablePreparation.Missing = MissingCells.Median, MostFrequent, "
            + "Constant(…), or Native for trainers that can use them.",
            row,
            column.Name);
    }
}
