using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>The nearest points of each row, nearest first, with how many rows of the k each stands for.</summary>
/// <param name="Points">int64 [rows, points].</param>
/// <param name="Distances">double [rows, points].</param>
/// <param name="Before">double [rows, points]: the rows that nearer points stand for.</param>
/// <param name="Taken">double [rows, points]: how many of its copies count among the k.</param>
internal sealed record NearestPoints(Value Points, Value Distances, Value Before, Value Taken)
{
    /// <summary>Looks for them row by row: differences from all points take as much memory as the points, whatever the number of rows, and no row depends on others.</summary>
    public static NearestPoints Of(GraphBuilder graph, ReferenceSet set, DistanceMetric metric, int neighbors, Value rows)
    {
        int count = set.PointCount;
        int width = Math.Min(neighbors, count);
        int columns = set.Search.Store.Columns;
        graph.Size.Add(4L * count * columns, "its reference rows");
        var points = graph.ToDouble(graph.Constant(set.CopyRows(), count, columns));

        var body = graph.Inner();
        var row = body.InnerInput(ElementType.Double, columns);
        var (folds, indexes) = body.Smallest(Fold(body, metric, body.Subtract(points, row)), width);
        body.InnerOutput(folds, ElementType.Double, width);
        body.InnerOutput(indexes, ElementType.Int64, width);
        // Runtimes refuse to walk over no rows at all: one that is always there is looked up, too, and left out again.
        var more = graph.Apply("Concat", [rows, graph.Constant(new double[columns], 1, columns)], Attributes.Number("axis", 0));
        var near = graph.ApplyMany("Scan", 2, [more], Attributes.Graph("body", body.Graph), Attributes.Number("num_scan_inputs", 1));
        var indexed = graph.WithoutLast(near[1]);
        var folded = graph.WithoutLast(near[0]);

        var distances = metric == DistanceMetric.Euclidean ? graph.Sqrt(folded) : folded;
        var copies = graph.Gather(graph.Constant(Array.ConvertAll(set.Copies, copy => (double)copy), count), indexed, 0);
        var before = graph.Subtract(graph.RunningSums(copies), copies);
        var taken = graph.Max(graph.Min(copies, graph.Subtract(graph.Number(neighbors), before)), graph.Number(0));
        return new NearestPoints(indexed, distances, before, taken);
    }

    private static Value Fold(GraphBuilder graph, DistanceMetric metric, Value differences) => metric switch
    {
        DistanceMetric.Euclidean => graph.Apply("ReduceSumSquare", [differences], Attributes.Numbers("axes", [1L]), Attributes.Number("keepdims", 0)),
        DistanceMetric.Manhattan => graph.Apply("ReduceSum", [graph.Abs(differences), graph.Constant([1L], 1)], Attributes.Number("keepdims", 0)),
        DistanceMetric.Chebyshev => graph.Apply("ReduceMax", [graph.Abs(differences)], Attributes.Numbers("axes", [1L]), Attributes.Number("keepdims", 0)),
        _ => throw new OnnxExportException($"The metric '{metric}' has no form in ONNX here."),
    };
}
