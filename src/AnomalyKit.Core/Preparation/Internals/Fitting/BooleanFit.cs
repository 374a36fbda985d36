namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of booleans.</summary>
internal static class BooleanFit
{
    public static BooleanEncoder Fit(BooleanColumn column, MissingCells rule, double[]? weights)
    {
        if (!FillRule.NeedsValues(rule))
            return new BooleanEncoder(column.Name, FillRule.Of(rule, WeightedValues.None, 0, column.Name));
        var cells = column.Cells.Span;
        double more = 0;
        for (int row = 0; row < cells.Length; row++)
            more += cells[row] == BooleanColumn.MissingCell ? 0 : ((2 * cells[row]) - 1) * (weights is null ? 1 : weights[row]);
        return new BooleanEncoder(column.Name, CellFill.With(more > 0 ? 1 : 0));
    }

    /// <summary>Fits the encoder where only some rows are there.</summary>
    public static BooleanEncoder Fit(BooleanColumn column, MissingCells rule, ExtractedRows extracted) => new(
        column.Name,
        FillRule.NeedsValues(rule)
            ? CellFill.With(((BooleanStatistics)extracted.Statistics[column.Name]).Surplus > 0 ? 1 : 0)
            : FillRule.Of(rule, WeightedValues.None, 0, column.Name));
}
