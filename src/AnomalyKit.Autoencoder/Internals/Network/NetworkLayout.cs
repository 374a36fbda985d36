using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder;

/// <summary>Where the weights and biases of a network lie in one array, padded so that every kernel runs whole vectors.</summary>
/// <remarks>A layer is a matrix of one row of <see cref="Stride(int)"/> weights an input (rows padded to <see cref="KernelShape.RowTile"/>), then as many biases. Padding is zero and stays zero.</remarks>
internal sealed class NetworkLayout
{
    /// <summary>Weights and biases of more than this take 1 GiB.</summary>
    public const int MostParameters = 1 << 28;

    private readonly int[] _weights;
    private readonly int[] _biases;

    /// <summary>Lays a network out.</summary>
    /// <param name="widths">The columns, the hidden layers' widths, the columns again; at least two entries.</param>
    /// <param name="activations">One a layer.</param>
    public NetworkLayout(int[] widths, NetworkActivation[] activations)
    {
        Widths = widths;
        Activations = activations;
        _weights = new int[Layers];
        _biases = new int[Layers];
        int at = 0;
        for (int layer = 0; layer < Layers; layer++)
        {
            _weights[layer] = at;
            at += Blocks.RoundUp(widths[layer], KernelShape.RowTile) * Stride(layer + 1);
            _biases[layer] = at;
            at += Stride(layer + 1);
        }

        Length = at;
        Products = Enumerable.Range(0, Layers).Sum(layer => (long)widths[layer] * widths[layer + 1]);
        WidestStride = Enumerable.Range(0, widths.Length).Max(Stride);
    }

    public int[] Widths { get; }

    public NetworkActivation[] Activations { get; }

    public int Layers => Widths.Length - 1;

    public int Columns => Widths[0];

    /// <summary>Floats of all weights and biases with their padding.</summary>
    public int Length { get; }

    public int WidestStride { get; }

    /// <summary>Multiply-adds a row in one pass through the network.</summary>
    public long Products { get; }

    /// <summary>The floats that a layout would have, without making it.</summary>
    public static long LengthOf(ReadOnlySpan<int> widths)
    {
        long length = 0;
        for (int layer = 0; layer + 1 < widths.Length; layer++)
            length += ((long)Blocks.RoundUp(widths[layer], KernelShape.RowTile) + 1) * Blocks.RoundUp(widths[layer + 1], KernelShape.Lane);
        return length;
    }

    /// <summary>Floats a row of the values behind so many layers: 0 for the network's inputs.</summary>
    public int Stride(int level) => Blocks.RoundUp(Widths[level], KernelShape.Lane);

    /// <summary>Where a layer's weights begin.</summary>
    public int Weights(int layer) => _weights[layer];

    /// <summary>Where a layer's biases begin.</summary>
    public int Biases(int layer) => _biases[layer];
}
