using AnomalyKit.Onnx.Cells;
using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Transforms;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>The scores of a detector of any kind.</summary>
internal static class DetectorExport
{
    /// <summary>Scores of rows.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="detector">The detector.</param>
    /// <param name="rows">Cells in the encoding of its schema.</param>
    /// <returns>float32 [rows, 1], and for an ensemble its members' own scores.</returns>
    /// <exception cref="OnnxExportException">The detector is of a kind that is not known here, or a part of it is.</exception>
    public static DetectorScores Score(GraphBuilder graph, IAnomalyDetector detector, CheckedCells rows) => detector switch
    {
        IsolationForestDetector forest => new(ForestExport.Score(graph, forest, rows)),
        EllipticEnvelopeDetector envelope => new(EnvelopeExport.Score(graph, envelope, Image(graph, detector, rows))),
        OneClassSvmDetector svm => new(SvmExport.Score(graph, svm, Image(graph, detector, rows))),
        NearestNeighborsDetector neighbors => new(NeighborExport.Score(graph, neighbors, Image(graph, detector, rows))),
        LocalOutlierFactorDetector factor => new(NeighborExport.Score(graph, factor, Image(graph, detector, rows))),
        AutoencoderDetector autoencoder => new(AutoencoderExport.Score(graph, autoencoder, Image(graph, detector, rows))),
        EnsembleDetector ensemble => EnsembleExport.Score(graph, ensemble, rows),
        _ => throw new OnnxExportException(
            $"The detector is of kind '{detector.Info.Kind}' ({detector.GetType().Name}), which has no form in ONNX here. Known are AnomalyKit's own detectors and ensembles of them."),
    };

    private static Value Image(GraphBuilder graph, IAnomalyDetector detector, CheckedCells rows) => TransformExport.Apply(graph, detector.Frame.Transform, rows.Cells);
}
