using AnomalyKit.Onnx.Calibrations;
using AnomalyKit.Onnx.Cells;
using AnomalyKit.Onnx.Detectors;
using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Inputs;
using AnomalyKit.Onnx.Preparation;
using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Files;

/// <summary>Puts a file together: inputs, cells, scores, and what is decided from them.</summary>
internal static class ModelExport
{
    public static ExportedFile Of(IAnomalyDetector detector, OnnxOptions options)
    {
        var schema = detector.Schema;
        var plan = InputPlan.OfNumbers(schema.ColumnNames, schema.HasOffsets, options);
        return Of(detector, plan, options, graph => ValueCells.Of(graph, graph.Join(plan.Declare(graph)), plan.Tensors[0].ElementType, schema.ColumnOffsets), null);
    }

    public static ExportedFile Of(TableDetector detector, OnnxOptions options)
    {
        var plan = TableInputs.Of(detector.Preparation, options);
        return Of(detector.Detector, plan, options, graph => TableCells.Of(graph, detector.Preparation, plan), detector.Preparation);
    }

    private static ExportedFile Of(IAnomalyDetector detector, InputPlan plan, OnnxOptions options, Func<GraphBuilder, Value> encode, FittedPreparation? preparation)
    {
        if (options.IncludeMemberScores && detector is not EnsembleDetector)
            throw new OnnxExportException($"IncludeMemberScores is set, and the detector ({detector.Info.Kind}) has no members. Leave it out, or export an ensemble.");
        if (options.IncludeCalibratedScore && detector.Calibrator is null)
            throw new OnnxExportException("IncludeCalibratedScore is set, and the detector has no calibration. Leave it out, or calibrate the detector (WithCalibration).");
        var outputs = OutputPlan.Of(detector, options);
        var graph = new GraphBuilder(InputNames.Check(plan.Tensors, outputs));
        var rows = RowCheck.Of(graph, encode(graph), detector.Schema);
        var scored = DetectorExport.Score(graph, detector, rows);
        var score = graph.Add(scored.Score, rows.Check);
        foreach (var output in outputs)
        {
            var value = output.Name[options.OutputPrefix.Length..] switch
            {
                OutputPlan.Score => score,
                OutputPlan.Label => graph.Greater(graph.ToDouble(score), graph.Number(detector.Threshold)),
                OutputPlan.PValue => graph.Add(CalibrationExport.TailProbability(graph, (TailCalibrator)detector.Calibrator!, scored.Score), graph.ToDouble(rows.Check)),
                OutputPlan.CalibratedScore => graph.Add(CalibrationExport.Calibrate(graph, detector.Calibrator!, scored.Score), graph.ToDouble(rows.Check)),
                _ => graph.Add(scored.Members!.Value, rows.Check),
            };
            graph.Output(output.Name, value, ElementTypes.Of(output.ElementType), GraphBuilder.Rows, output.ColumnCount);
        }

        var message = FileHeader.Of(graph, detector);
        foreach (var (key, value) in ModelMetadata.Of(detector, plan, outputs, preparation, options))
            message.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return new ExportedFile(message, plan.Tensors, outputs);
    }
}
