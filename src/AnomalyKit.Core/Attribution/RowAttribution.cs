namespace AnomalyKit;

/// <summary>Explains one row in full: with its score, and with standard errors and members where there are any.</summary>
internal static class RowAttribution
{
    public static Attribution Of(IAnomalyDetector detector, RowAttributor attributor, FeatureMatrix data, int row)
    {
        RowChecks.ThrowIfOtherColumns(detector.Schema, data.Schema, nameof(data));
        var cells = data.Slice(row, 1).ContiguousCells(0);
        if (SchemaRebase.Between(data.Schema, detector.Schema) is not { } rebase)
            return Of(detector, attributor, EncodedRows.Check(cells, detector.Schema, row));
        var rebased = new float[cells.Length];
        rebase.Apply(cells, rebased);
        return Of(detector, attributor, EncodedRows.Check(rebased, detector.Schema, row));
    }

    public static Attribution Of(IAnomalyDetector detector, RowAttributor attributor, EncodedRows row)
    {
        float score = 0;
        detector.ScoreRows(row, new Span<float>(ref score));
        return attributor.Describe(row, score);
    }
}
