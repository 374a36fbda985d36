namespace AnomalyKit;

/// <summary>Explains one row in full: with its score, and with standard errors and members where there are any.</summary>
internal static class RowAttribution
{
    public static Attribution Of(IAnomalyDetector detector, RowAttributor attributor, FeatureMatrix data, int row)
    {
        ThrowIfNoRow(detector, data, row);
        Attribution? attribution = null;
        new EncodedRuns(data, detector.Schema).ForEach(row, 1, (run, _) => attribution = Of(detector, attributor, run));
        return attribution!;
    }

    public static Attribution Of(IAnomalyDetector detector, RowAttributor attributor, EncodedRows row)
    {
        float score = 0;
        detector.ScoreRows(row, new Span<float>(ref score));
        return attributor.Describe(row, score);
    }

    public static void ThrowIfNoRow(IAnomalyDetector detector, FeatureMatrix data, int row)
    {
        RowChecks.ThrowIfOtherColumns(detector.Schema, data.Schema, nameof(data));
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, data.RowCount);
    }

    public static void ThrowIfNotOneRow(int values, FeatureSchema schema, string parameter)
    {
        if (values != schema.ColumnCount)
            throw new ArgumentException($"{values} values were given for one row of {schema.ColumnCount} columns: {schema}.", parameter);
    }
}
