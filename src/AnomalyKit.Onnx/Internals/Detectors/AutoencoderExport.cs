using AnomalyKit.Autoencoder;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>An autoencoder: dense layers, and the errors of what they make of a row. In double: errors are small differences of large numbers.</summary>
internal static class AutoencoderExport
{
    public static Value Score(GraphBuilder graph, AutoencoderDetector detector, Value cells)
    {
        var model = detector.Model;
        var layout = model.Network.Layout;
        var wide = graph.ToDouble(cells);
        var values = graph.Clip(wide, -model.InputLimit, model.InputLimit);
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            int inputs = layout.Widths[layer];
            int outputs = layout.Widths[layer + 1];
            var weights = new float[inputs * outputs];
            for (int i = 0; i < inputs; i++)
                model.Network.Parameters.Slice(layout.Weights(layer) + (i * layout.Stride(layer + 1)), outputs).CopyTo(weights.AsSpan(i * outputs));
            var biases = model.Network.Parameters.Slice(layout.Biases(layer), outputs);
            var sums = graph.MatMul(values, graph.ToDouble(graph.Constant(weights, inputs, outputs)));
            values = Activate(graph, layout.Activations[layer], graph.Add(sums, graph.ToDouble(graph.Constant(biases, 1, outputs))));
        }

        var errors = graph.Subtract(values, wide);
        if (model.Whitening is { } whitening)
            errors = Whiten(graph, whitening, errors);
        // The library sums up in float32: what is too large for it has the greatest score, whatever it is divided by.
        var length = graph.SumOfSquaresOfRow(errors);
        var most = graph.Number(float.MaxValue);
        return graph.ToSingle(graph.Where(graph.LessOrEqual(length, most), graph.Divide(length, graph.Number(layout.Columns)), most));
    }

    private static Value Whiten(GraphBuilder graph, ErrorWhitening whitening, Value errors)
    {
        int columns = whitening.Columns;
        if (whitening.IsDiagonal)
            return graph.Multiply(errors, graph.ToDouble(graph.Constant(whitening.Matrix, 1, columns)));
        var transposed = new float[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
                transposed[(j * columns) + i] = whitening.Matrix[(i * columns) + j];
        }

        return graph.MatMul(errors, graph.ToDouble(graph.Constant(transposed, columns, columns)));
    }

    private static Value Activate(GraphBuilder graph, NetworkActivation activation, Value values)
    {
        var zero = graph.Number(0);
        switch (activation)
        {
            case NetworkActivation.Relu:
                return graph.Max(values, zero);
            case NetworkActivation.LeakyRelu:
                return graph.Where(graph.Greater(values, zero), values, graph.Multiply(values, graph.Number(0.01f)));
            case NetworkActivation.Elu:
                return graph.Where(graph.Greater(values, zero), values, graph.Subtract(graph.Exp(graph.Min(values, zero)), graph.Number(1)));
            case NetworkActivation.Silu:
                return graph.Multiply(values, Sigmoid(graph, values));
            case NetworkActivation.Tanh:
                return graph.Apply("Tanh", [values]);
            case NetworkActivation.Sigmoid:
                return Sigmoid(graph, values);
            case NetworkActivation.Linear:
                return values;
            default:
                throw new OnnxExportException($"The activation '{activation}' has no form in ONNX here.");
        }
    }

    private static Value Sigmoid(GraphBuilder graph, Value values) =>
        graph.Divide(graph.Number(1), graph.Add(graph.Exp(graph.Negate(values)), graph.Number(1)));
}
