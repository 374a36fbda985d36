namespace AnomalyKit.Tool.Arguments;

/// <summary>What <c>--missing</c> and <c>--dates</c> say, as a preparation.</summary>
internal static class PreparationRules
{
    /// <summary>A preparation with these rules.</summary>
    /// <param name="missing">What <c>--missing</c> gives, once for each rule.</param>
    /// <param name="dates">What <c>--dates</c> gives, once for each rule.</param>
    public static TablePreparation Preparation(IEnumerable<string> missing, IEnumerable<string> dates)
    {
        var cells = new ColumnRules<MissingCells>("--missing", missing, MissingCells.Parse);
        var parts = new ColumnRules<DateParts>("--dates", dates, DateWords.Parse);
        return new TablePreparation
        {
            Missing = cells.AllOr(MissingCells.Refuse),
            Dates = parts.AllOr(DateParts.Automatic),
            Columns = cells.Columns.Keys.Union(parts.Columns.Keys).ToDictionary(
                column => column,
                column => new ColumnPreparation { Missing = cells.Columns.GetValueOrDefault(column), Dates = parts.Columns.TryGetValue(column, out var own) ? own : null },
                StringComparer.Ordinal),
        };
    }
}
