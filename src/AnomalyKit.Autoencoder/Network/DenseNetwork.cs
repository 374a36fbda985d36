using AnomalyKit.Autoencoder.Kernels;

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

    /// <summary>Floats of scratch that <see cref="Map"/> takes for so many rows.</summary>
    public int ScratchFloats(int rows) => 2 * rows * Layout.WidestStride;

    /// <summary>Maps rows to their reconstructions.</summary>
    /// <param name="kernel">The loops.</param>
    /// <param name="inputs">Rows of the input stride.</param>
    /// <param name="rows">A multiple of <see cref="NetworkLayout.RowTile"/>.</param>
    /// <param name="scratch">Room for <see cref="ScratchFloats"/>.</param>
    /// <returns>Where in the scratch the outputs lie: rows of the output stride.</returns>
    public float* Map(INetworkKernel kernel, float* inputs, int rows, float* scratch)
    {
        float* parameters = _parameters.Pointer;
        float* current = inputs;
        float* next = scratch;
        float* other = scratch + (rows * Layout.WidestStride);
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            int stride = Layout.Stride(layer + 1);
            kernel.Affine(
                current,
                Layout.Stride(layer),
                rows,
                parameters + Layout.Weights(layer),
                Layout.Widths[layer],
                parameters + Layout.Biases(layer),
                next,
                stride,
                stride);
            kernel.Activate(Layout.Activations[layer], next, rows * stride);
            ClearPadding(Layout, layer, next, rows);
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
