namespace AnomalyKit.Explaining;

/// <summary>What a detector says about a row, before it is put into words.</summary>
/// <param name="Attribution">The contributions.</param>
/// <param name="Cells">The cells that are wrong, the greatest deviation first; empty where the detector finds none.</param>
/// <param name="Encoded">The row as the detector sees it.</param>
internal sealed record AttributedRow(Attribution Attribution, IReadOnlyList<DeviatingCell> Cells, float[] Encoded)
{
    public static AttributedRow Of(IAnomalyDetector detector, RowAttributor attributor, EncodedRows row) =>
        new(RowAttribution.Of(detector, attributor, row), attributor.FindCells(row), row.Cells.ToArray());

    public static AttributedRow Of(IAnomalyDetector detector, RowAttributor attributor, FeatureMatrix data, int row)
    {
        RowAttribution.ThrowIfNoRow(detector, data, row);
        AttributedRow? attributed = null;
        new EncodedRuns(data, detector.Schema).ForEach(row, 1, (run, _) => attributed = Of(detector, attributor, run));
        return attributed!;
    }
}
