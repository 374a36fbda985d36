using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Thresholds that few of the rows set aside decide.</summary>
internal static class ThresholdFindings
{
    private const double Half = 0.5;

    public static IEnumerable<InspectionFinding> Of(TableDetector detector)
    {
        if (detector.Detector.Calibrator is not ConformalCalibrator aside || detector.Detector.ThresholdOrigin.StartsWith("fixed", StringComparison.Ordinal) || detector.AlertFraction() is not { } fraction)
            yield break;
        long above = (long)Math.Round(fraction * aside.CalibrationRowCount);
        if (above >= HeldOutRows.FewAbove)
            yield break;
        bool canSetMoreAside = aside.CalibrationRowCount < Half * (detector.Profile?.RowCount ?? 0);
        yield return new(
            InspectionFindingKind.FewAlertRows,
            [],
            $"The threshold rests on few rows: of the {Count(aside.CalibrationRowCount)} rows set aside, {Count(above)} {(above == 1 ? "is" : "are")} above it. Another seed sets other rows aside and gives another threshold.",
            $"It is steadier with more rows, {(canSetMoreAside ? "more of them set aside (--calibration conformal:0.5), " : string.Empty)}or a rule that allows more alerts.",
            false);
    }
}
