namespace AnomalyKit.Preparation;

/// <summary>Fits the encoder of a column of booleans.</summary>
internal static class BooleanFit
{
    public static BooleanEncoder Fit(BooleanColumn column, MissingCells rule)
    {
        int yes = column.Cells.Span.Count((sbyte)1);
        int no = column.Cells.Span.Count((sbyte)0);
        var fill = rule.Rule is MissingRule.Median or MissingRule.Mean or MissingRule.MostFrequent
            ? CellFill.With(yes > no ? 1 : 0)
            : FillRule.Of(rule, [], 0, column.Name);
        return new BooleanEncoder(column.Name, fill);
    }
}
