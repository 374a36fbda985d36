namespace AnomalyKit.Preparation;

/// <summary>Tells what is peculiar about the cells of an encoder from what is peculiar about the rows.</summary>
internal static class EncodingFindings
{
    /// <summary>Whether a finding would be there whatever the rows are.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="columns">The columns that it names: their encoder, and which of its columns each one is.</param>
    public static bool AreCause(DataFinding finding, IReadOnlyList<(ColumnEncoder Encoder, int Part)> columns)
    {
        if (columns.Count == 0 || columns[0].Encoder is not OneHotEncoder levels || columns.Any(column => column.Encoder != levels))
            return false;
        return finding.Kind switch
        {
            // No row of the fit has a level that was not there.
            DataFindingKind.ConstantColumn => columns[0].Part == levels.Levels.Count || levels.Empty.Contains(columns[0].Part),
            // The cells of the levels add up to 1.
            DataFindingKind.CollinearColumn => true,
            _ => false,
        };
    }
}
