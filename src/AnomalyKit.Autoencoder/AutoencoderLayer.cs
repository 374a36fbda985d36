namespace AnomalyKit;

/// <summary>The shape of one dense layer: output = activation(input · weights + biases).</summary>
public sealed record AutoencoderLayer
{
    internal AutoencoderLayer(int inputCount, int outputCount, NetworkActivation activation)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
        Activation = activation;
    }

    /// <summary>The number of inputs: the units of the layer before, or the columns.</summary>
    public int InputCount { get; }

    /// <summary>The number of units.</summary>
    public int OutputCount { get; }

    /// <summary>The function that is applied to the sums.</summary>
    public NetworkActivation Activation { get; }
}
