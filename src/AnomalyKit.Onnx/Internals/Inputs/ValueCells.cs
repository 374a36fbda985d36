using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Inputs;

/// <summary>Values of columns become cells: value − offset, rounded to float32 once.</summary>
internal static class ValueCells
{
    /// <summary>Encodes rows of numbers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">[rows, columns].</param>
    /// <param name="type">Their type.</param>
    /// <param name="offsets">One for each column.</param>
    /// <returns>float32 [rows, columns].</returns>
    public static Value Of(GraphBuilder graph, Value values, OnnxElementType type, ReadOnlySpan<double> offsets)
    {
        bool hasOffsets = offsets.ContainsAnyExcept(0.0);
        if (!hasOffsets)
            return type == OnnxElementType.SinglePrecision ? values : graph.ToSingle(values);
        var wide = type == OnnxElementType.DoublePrecision ? values : graph.ToDouble(values);
        return graph.ToSingle(graph.Subtract(wide, graph.Constant(offsets, 1, offsets.Length)));
    }
}
