using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Transforms;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>An elliptic envelope: squared lengths under the inverse factor of the covariance, and what breaks the relations.</summary>
internal static class EnvelopeExport
{
    public static Value Score(GraphBuilder graph, EllipticEnvelopeDetector detector, Value cells)
    {
        var model = detector.Model;
        var map = model.Map;
        int columns = map.InputColumns;
        var wide = graph.ToDouble(cells);
        Value lengths;
        if (model.Rank == 0)
        {
            lengths = graph.ForEveryRow(cells, 0);
        }
        else
        {
            graph.Size.Add(8L * columns * model.Rank, "its covariance");
            var weights = new double[(long)columns * model.Rank];
            for (int j = 0; j < columns; j++)
                map.Weights.AsSpan(j * map.Stride, model.Rank).CopyTo(weights.AsSpan(j * model.Rank));
            var centered = graph.Subtract(wide, graph.Constant(map.Center, 1, columns));
            lengths = graph.SumOfSquaresOfRow(graph.MatMul(centered, graph.Constant(weights, columns, model.Rank)));
        }

        if (model.Relations.Count > 0)
            lengths = graph.Add(lengths, RelationExport.SquaredDistance(graph, model.Relations, wide));
        return graph.ToSingle(graph.Min(lengths, graph.Number(float.MaxValue)));
    }
}
