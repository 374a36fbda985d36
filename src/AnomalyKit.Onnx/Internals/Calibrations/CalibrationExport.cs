using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Calibrations;

/// <summary>Calibrated scores and p-values, in double.</summary>
internal static class CalibrationExport
{
    /// <summary>Calibrated scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="calibrator">The calibration.</param>
    /// <param name="scores">float32 [rows, 1].</param>
    /// <returns>double [rows, 1].</returns>
    public static Value Calibrate(GraphBuilder graph, ScoreCalibrator calibrator, Value scores)
    {
        switch (calibrator)
        {
            case LinearCalibrator linear:
                return graph.Divide(graph.Subtract(graph.ToDouble(scores), graph.Number(linear.Center)), graph.Number(linear.Scale));
            case LogarithmicCalibrator logarithmic:
                var above = graph.Max(graph.Subtract(graph.ToDouble(scores), graph.Number(logarithmic.Least)), graph.Number(0));
                var logarithm = graph.Log(graph.Add(above, graph.Number(logarithmic.Offset)));
                return graph.Divide(graph.Subtract(logarithm, graph.Number(logarithmic.Mean)), graph.Number(logarithmic.Deviation));
            case TailCalibrator { Scale: TailScale.Probability } tail:
                return graph.Subtract(graph.Number(1), TailProbability(graph, tail, scores));
            case TailCalibrator tail:
                return graph.Divide(graph.Log(TailProbability(graph, tail, scores)), graph.Number(-Math.Log(10)));
            default:
                throw Unknown(calibrator);
        }
    }

    /// <summary>The probabilities that ordinary rows score at least as high.</summary>
    /// <inheritdoc cref="Calibrate"/>
    public static Value TailProbability(GraphBuilder graph, TailCalibrator calibrator, Value scores)
    {
        var tail = calibrator switch
        {
            ConformalCalibrator conformal => RankTails.OfConformal(graph, conformal, scores),
            RankTail rank => RankTails.OfRank(graph, rank, scores),
            GaussianTail or GammaTail => SmoothTails.Of(graph, calibrator, scores),
            _ => throw Unknown(calibrator),
        };
        return graph.Clip(tail, 1e-300, 1);
    }

    private static OnnxExportException Unknown(ScoreCalibrator calibrator) =>
        new($"The calibration '{calibrator.Kind}' has no form in ONNX here. Calibrate with another one (WithCalibration), or take the calibration away.");
}
