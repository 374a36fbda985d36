using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Transforms;

/// <summary>The transforms that detectors stand behind.</summary>
internal static class TransformExport
{
    /// <summary>Images of rows.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="cells">float32 [rows, columns of the data].</param>
    /// <returns>float32 [rows, columns of the model].</returns>
    /// <exception cref="OnnxExportException">The transform is of a kind that is not known here.</exception>
    public static Value Apply(GraphBuilder graph, FeatureTransform transform, Value cells) => transform switch
    {
        IdentityTransform => cells,
        ColumnScaling scaling => Scale(graph, scaling, cells),
        WhiteningTransform whitening => Whiten(graph, whitening, cells),
        _ => throw new OnnxExportException(
            $"The detector stands behind a transform of kind '{transform.Kind}', which has no form in ONNX here. Fit it with a scaling of AnomalyKit, or without one."),
    };

    private static Value Scale(GraphBuilder graph, ColumnScaling scaling, Value cells)
    {
        // As the library has it: times the reciprocal, in double. A quotient would round differently.
        double[] factors = [.. scaling.Scales];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = 1 / factors[i];
        var centered = graph.Subtract(graph.ToDouble(cells), graph.Constant(scaling.Centers, 1, factors.Length));
        return Limited(graph, graph.Multiply(centered, graph.Constant(factors, 1, factors.Length)));
    }

    private static Value Whiten(GraphBuilder graph, WhiteningTransform whitening, Value cells)
    {
        int columns = whitening.InputColumns;
        int outputs = whitening.Eigenvalues.Length;
        graph.Size.Add(8L * columns * outputs, "its whitening");
        var weights = new double[(long)columns * outputs];
        for (int i = 0; i < outputs; i++)
        {
            double factor = 1 / Math.Sqrt(whitening.Eigenvalues[i]);
            for (int j = 0; j < columns; j++)
                weights[((long)j * outputs) + i] = whitening.Scales[j] == 0 ? 0 : whitening.Eigenvectors[(i * columns) + j] * factor / whitening.Scales[j];
        }

        var wide = graph.ToDouble(cells);
        var centered = graph.Subtract(wide, graph.Constant(whitening.Location, 1, columns));
        var images = Limited(graph, graph.MatMul(centered, graph.Constant(weights, columns, outputs)));
        if (whitening.Relations.Count == 0)
            return images;
        return graph.Join(images, Limited(graph, graph.Sqrt(RelationExport.SquaredDistance(graph, whitening.Relations, wide))));
    }

    private static Value Limited(GraphBuilder graph, Value values) => graph.ToSingle(graph.Clip(values, -float.MaxValue, float.MaxValue));
}
