using AnomalyKit.Onnx.Calibrations;
using AnomalyKit.Onnx.Cells;
using AnomalyKit.Onnx.Ensembles;
using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Transforms;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>An ensemble: its members side by side, their scores brought to one scale and combined.</summary>
internal static class EnsembleExport
{
    public static DetectorScores Score(GraphBuilder graph, EnsembleDetector detector, CheckedCells rows)
    {
        var transform = detector.Frame.Transform;
        var seen = transform.IsIdentity ? rows : new CheckedCells(TransformExport.Apply(graph, transform, rows.Cells), rows.Check, null);
        bool countsVotes = detector.Combiner.CountsVotes;
        var own = new Value[detector.Members.Count];
        var normalized = new Value[own.Length];
        for (int m = 0; m < own.Length; m++)
        {
            var member = detector.Members[m];
            own[m] = Member(graph, member, seen);
            normalized[m] = countsVotes ? graph.ToDouble(graph.Greater(graph.ToDouble(own[m]), graph.Number(member.Detector.Threshold)))
                : member.Calibrator is { } calibrator ? CalibrationExport.Calibrate(graph, calibrator, own[m])
                : graph.ToDouble(own[m]);
        }

        double[] weights = [.. detector.Members.Select(member => member.Weight)];
        var combined = CombinerExport.Combine(graph, detector.Combiner, graph.Join(normalized), weights, [.. detector.Members.Select(member => member.Tail)]);
        var score = graph.ToSingle(graph.Clip(combined, -float.MaxValue, float.MaxValue));
        return new DetectorScores(score, graph.Join(own));
    }

    private static Value Member(GraphBuilder graph, FittedMember member, CheckedCells rows)
    {
        try
        {
            return DetectorExport.Score(graph, member.Detector, rows).Score;
        }
        catch (OnnxExportException exception)
        {
            throw new OnnxExportException($"Member '{member.Name}': {exception.Message}", exception);
        }
    }
}
