using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>The network as tensors: all weights lie in one flat tensor, so that a step of the optimiser is a handful of operations; layers are views of it.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly NetworkLayout _layout;
    private readonly Tensor[] _weights;
    private readonly Tensor[] _biases;

    public TorchNetwork(NetworkLayout layout, ReadOnlySpan<float> parameters, Device device)
    {
        _layout = layout;
        Flat = tensor(CompactParameters.From(layout, parameters), device: device).DetachFromDisposeScope();
        _weights = new Tensor[layout.Layers];
        _biases = new Tensor[layout.Layers];
        long at = 0;
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            int inputs = layout.Widths[layer];
            int outputs = layout.Widths[layer + 1];
            _weights[layer] = Leaf(at, inputs, outputs);
            at += (long)inputs * outputs;
            _biases[layer] = Leaf(at, outputs);
            at += outputs;
        }
    }

    /// <summary>All weights and biases; changing it changes the layers.</summary>
    public Tensor Flat { get; }

    /// <summary>What gradients are taken of: each layer's weights and biases.</summary>
    public IEnumerable<Tensor> Leaves
    {
        get
        {
            for (int layer = 0; layer < _layout.Layers; layer++)
            {
                yield return _weights[layer];
                yield return _biases[layer];
            }
        }
    }

    /// <summary>Maps rows to their reconstructions.</summary>
    /// <param name="rows">Rows × columns.</param>
    /// <param name="dropout">The share of hidden units left out.</param>
    /// <param name="generator">Draws those left out; null where there are none.</param>
    public Tensor Map(Tensor rows, double dropout = 0, Generator? generator = null)
    {
        var values = rows;
        for (int layer = 0; layer < _layout.Layers; layer++)
        {
            values = Activate(_layout.Activations[layer], addmm(_biases[layer], values, _weights[layer], 1, 1));
            if (dropout > 0 && layer < _layout.Layers - 1)
                values = values * rand(values.shape, device: values.device, generator: generator).ge(dropout).to(ScalarType.Float32) * (1 / (1 - dropout));
        }

        return values;
    }

    /// <summary>The weights and biases in the managed layout.</summary>
    public float[] ToManaged()
    {
        using var copy = Flat.cpu();
        return CompactParameters.Pad(_layout, copy.data<float>().ToArray());
    }

    public void Dispose()
    {
        foreach (var leaf in Leaves)
            leaf.Dispose();
        Flat.Dispose();
    }

    private static Tensor Activate(NetworkActivation activation, Tensor sums) => activation switch
    {
        NetworkActivation.Relu => nn.functional.relu(sums),
        NetworkActivation.LeakyRelu => nn.functional.leaky_relu(sums, 0.01),
        NetworkActivation.Elu => nn.functional.elu(sums, 1),
        NetworkActivation.Silu => nn.functional.silu(sums),
        NetworkActivation.Tanh => sums.tanh(),
        NetworkActivation.Sigmoid => sums.sigmoid(),
        _ => sums,
    };

    private Tensor Leaf(long start, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return Flat.narrow(0, start, shape.Aggregate(1L, (product, dimension) => product * dimension)).view(shape).detach().requires_grad_().DetachFromDisposeScope();
    }
}
