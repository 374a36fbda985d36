namespace AnomalyKit.Preparation;

/// <summary>What is known of a table of which only some rows are there.</summary>
/// <param name="Statistics">Of all rows.</param>
/// <param name="Sample">The positions of rows that are a fair sample of all, ascending: what cannot be counted is taken from them.</param>
internal sealed record ExtractedRows(TableStatistics Statistics, int[] Sample)
{
    /// <summary>The cells of the sampled rows; all that there are, where no sampled row has one.</summary>
    public TColumn Sampled<TColumn>(TColumn column)
        where TColumn : TableColumn
    {
        var sampled = (TColumn)column.Select(Sample);
        return sampled.MissingCount < sampled.RowCount ? sampled : column;
    }
}
