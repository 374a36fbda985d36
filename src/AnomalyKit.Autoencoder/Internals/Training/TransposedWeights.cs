using System.Runtime.CompilerServices;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>The weights of all layers but the first with outputs as rows: what errors go back through.</summary>
internal sealed unsafe class TransposedWeights
{
    private readonly NetworkLayout _layout;
    private readonly AlignedFloats _memory;
    private readonly int[] _starts;

    public TransposedWeights(NetworkLayout layout)
    {
        _layout = layout;
        _starts = new int[layout.Layers];
        int at = 0;
        for (int layer = 1; layer < layout.Layers; layer++)
        {
            _starts[layer] = at;
            at += layout.Widths[layer + 1] * layout.Stride(layer);
        }

        _memory = new AlignedFloats(at);
    }

    /// <summary>A layer's weights: one row of its input stride an output.</summary>
    public float* Of(int layer) => _memory.Pointer + _starts[layer];

    /// <summary>Takes the weights as they are now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(float* parameters)
    {
        for (int layer = 1; layer < _layout.Layers; layer++)
        {
            int inputs = _layout.Widths[layer];
            int outputs = _layout.Widths[layer + 1];
            int stride = _layout.Stride(layer + 1);
            int transposedStride = _layout.Stride(layer);
            float* source = parameters + _layout.Weights(layer);
            float* target = Of(layer);
            for (int i = 0; i < inputs; i++)
            {
                float* cell = target + i;
                for (int j = 0; j < outputs; j++, cell += transposedStride)
                    *cell = source[j];
                source += stride;
            }
        }
    }
}
