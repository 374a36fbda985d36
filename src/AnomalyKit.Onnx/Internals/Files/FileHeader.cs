using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Files;

/// <summary>The message around the graph: who wrote it, and in which versions of format and operators.</summary>
internal static class FileHeader
{
    /// <summary>The version of the format that came with <see cref="GraphBuilder.Opset"/> (ONNX 1.8).</summary>
    public const int IrVersion = 7;

    /// <summary>The version of the library.</summary>
    public static string LibraryVersion { get; } = typeof(FileHeader).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static ModelProto Of(GraphBuilder graph, IAnomalyDetector detector)
    {
        graph.Graph.Name = detector.Info.Kind;
        var message = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "AnomalyKit",
            ProducerVersion = LibraryVersion,
            Domain = "anomalykit",
            DocString = $"{detector.Info.Kind}: {detector.Info.ScoreDefinition}. Higher is more anomalous.",
            Graph = graph.Graph,
        };
        message.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = GraphBuilder.Opset });
        if (graph.HasTrees)
            message.OpsetImport.Add(new OperatorSetIdProto { Domain = GraphBuilder.TreeDomain, Version = GraphBuilder.TreeOpset });
        return message;
    }
}
