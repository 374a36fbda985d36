using TorchSharp;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>The network as tensors: all weights lie in one flat tensor, so that a step of the optimiser is a handful of operations; layers are views of it.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly IReadOnlyList<AutoencoderLayer> _layers;
    private readonly Tensor[] _weights;
    private readonly Tensor[] _biases;

    /// <summary>Moves a network to a device.</summary>
    /// <param name="layers">Its layers.</param>
    /// <param name="weights">Its weights in the order of <see cref="AutoencoderTraining.InitialWeights"/>.</param>
    /// <param name="device">The device.</param>
    public TorchNetwork(IReadOnlyList<AutoencoderLayer> layers, float[] weights, Device device)
    {
        _layers = layers;
        Flat = tensor(weights, device: device).DetachFromDisposeScope();
        _weights = new Tensor[layers.Count];
        _biases = new Tensor[layers.Count];
        long at = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            int inputs = layers[layer].InputCount;
            int outputs = layers[layer].OutputCount;
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
            for (int layer = 0; layer < _layers.Count; layer++)
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
        // Scalars that outlive the operations they are for: see TorchAdam.
        using Scalar dropped = dropout;
        using Scalar scale = 1 / (1 - dropout);
        var values = rows;
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            values = Activate(_layers[layer].Activation, addmm(_biases[layer], values, _weights[layer], 1, 1));
            if (dropout > 0 && layer < _layers.Count - 1)
                values = (values * rand(values.shape, device: values.device, generator: generator).ge(dropped).to(ScalarType.Float32)).mul(scale);
        }

        return values;
    }

    /// <summary>Copies the weights and biases, in the order of <see cref="AutoencoderTraining.InitialWeights"/>.</summary>
    public float[] CopyWeights()
    {
        using var copy = Flat.cpu();
        return copy.data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var leaf in Leaves)
            leaf.Dispose();
        Flat.Dispose();
    }

    private static Tensor Activate(NetworkActivation activation, Tensor sums)
    {
        using Scalar one = 1;
        using Scalar slope = 0.01;
        return activation switch
        {
            NetworkActivation.Relu => nn.functional.relu(sums),
            NetworkActivation.LeakyRelu => sums.leaky_relu(slope),
            NetworkActivation.Elu => sums.elu(one, one, one),
            NetworkActivation.Silu => nn.functional.silu(sums),
            NetworkActivation.Tanh => sums.tanh(),
            NetworkActivation.Sigmoid => sums.sigmoid(),
            _ => sums,
        };
    }

    private Tensor Leaf(long start, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return Flat.narrow(0, start, shape.Aggregate(1L, (product, dimension) => product * dimension)).view(shape).detach().requires_grad_().DetachFromDisposeScope();
    }
}
