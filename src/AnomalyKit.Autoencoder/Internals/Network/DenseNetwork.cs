using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder;

/// <summary>A network of dense layers, ready to map rows.</summary>
internal sealed unsafe class DenseNetwork
{
    private readonly AlignedFloats _parameters;

    public DenseNetwork(NetworkLayout layout, ReadOnlySpan<float> parameters)
    {
        Layout = layout;
        _parameters = new AlignedFloats(layout.Length);
        parameters.CopyTo(_parameters.Span);
    }

    public NetworkLayout Layout { get; }

    public ReadOnlySpan<float> Parameters => _parameters.Span;

    /// <summary>Floats of scratch that <see cref="Map"/> takes for panels of such lines.</summary>
    public int ScratchFloats(int stride) => 2 * stride * Layout.WidestStride;

    /// <summary>Maps a panel of rows to that of their reconstructions, or to the differences from other rows.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="inputs">The panel: a line for each column.</param>
    /// <param name="targets">The panel that is subtracted from the reconstructions, or null.</param>
    /// <param name="rows">A multiple of <see cref="KernelShape.Lane"/>.</param>
    /// <param name="stride">Floats a line.</param>
    /// <param name="scratch">Room for <see cref="ScratchFloats"/>.</param>
    /// <returns>Where in the scratch the outputs' panel lies.</returns>
    public float* Map(INetworkKernel kernel, float* inputs, float* targets, int rows, int stride, float* scratch)
    {
        float* parameters = _parameters.Pointer;
        float* current = inputs;
        float* next = scratch;
        float* other = scratch + (stride * Layout.WidestStride);
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            int inputWidth = Layout.Widths[layer];
            int outputs = Layout.Widths[layer + 1];
            int outputStride = Layout.Stride(layer + 1);
            float* weights = parameters + Layout.Weights(layer);
            float* biases = parameters + Layout.Biases(layer);
            var activation = Layout.Activations[layer];
            bool compared = targets != null && layer == Layout.Layers - 1;
            if (compared && activation == NetworkActivation.Linear)
            {
                kernel.PanelAffineLess(current, inputWidth, weights, outputStride, biases, outputs, targets, next, rows, stride);
            }
            else
            {
                bool rectified = activation == NetworkActivation.Relu;
                kernel.PanelAffine(
                    current, inputWidth, weights, outputStride, biases, outputs, rectified ? PanelProduct.Rectified : PanelProduct.Full, next, rows, stride);
                if (!rectified)
                    kernel.Activate(activation, next, outputs * stride);
                if (compared)
                    kernel.PanelDifferences(next, targets, outputs, next, rows, stride);
            }

            current = next;
            next = other;
            other = current;
        }

        GC.KeepAlive(_parameters);
        return current;
    }

    /// <summary>Maps one row to its reconstruction.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="inputs">The row's cells.</param>
    /// <param name="scratch">Room for <see cref="ScratchFloats"/> of one row.</param>
    /// <returns>Where in the scratch the outputs lie; their padding holds nothing of use.</returns>
    public float* MapRow(INetworkKernel kernel, float* inputs, float* scratch)
    {
        float* parameters = _parameters.Pointer;
        float* current = inputs;
        float* next = scratch;
        float* other = scratch + Layout.WidestStride;
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            int outputs = Layout.Widths[layer + 1];
            bool rectified = Layout.Activations[layer] == NetworkActivation.Relu;
            kernel.RowAffine(
                current,
                Layout.Widths[layer],
                parameters + Layout.Weights(layer),
                Layout.Stride(layer + 1),
                parameters + Layout.Biases(layer),
                outputs,
                rectified ? PanelProduct.Rectified : PanelProduct.Full,
                next);
            if (!rectified)
                kernel.Activate(Layout.Activations[layer], next, Blocks.RoundUp(outputs, KernelShape.Lane));
            current = next;
            next = other;
            other = current;
        }

        GC.KeepAlive(_parameters);
        return current;
    }

    /// <summary>Padding is zero before a layer's activation; only the sigmoid makes something else of it.</summary>
    internal static void ClearPadding(NetworkLayout layout, int layer, float* values, int rows)
    {
        int width = layout.Widths[layer + 1];
        int stride = layout.Stride(layer + 1);
        if (layout.Activations[layer] != NetworkActivation.Sigmoid || width == stride)
            return;
        for (int row = 0; row < rows; row++)
            new Span<float>(values + (row * stride) + width, stride - width).Clear();
    }
}
