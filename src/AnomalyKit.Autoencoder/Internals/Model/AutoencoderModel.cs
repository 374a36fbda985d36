using AnomalyKit.Persistence;

namespace AnomalyKit.Autoencoder;

/// <summary>A fitted autoencoder: the network, what its inputs are limited to, how errors are measured, and how training went.</summary>
internal sealed class AutoencoderModel(
    DenseNetwork network, float inputLimit, ErrorWhitening? whitening, AutoencoderEpoch[] epochs, ConstantInputs? constants = null)
{
    public DenseNetwork Network => network;

    public float InputLimit => inputLimit;

    /// <summary>Null where the score is the plain mean squared error.</summary>
    public ErrorWhitening? Whitening => whitening;

    public AutoencoderEpoch[] Epochs => epochs;

    /// <summary>For attributions: inputs that never varied. None in models of versions before 0.3.0.</summary>
    public ConstantInputs Constants { get; } = constants ?? ConstantInputs.None;

    public static AutoencoderModel Read(ModelReader reader, int columns)
    {
        int[] widths = reader.GetInt32s("widths", 1, int.MaxValue, -1);
        if (widths.Length < 2 || widths.Length > LayerWidths.MaxLayers + 2)
            throw ModelReader.FormatError($"its network has {widths.Length - 1} layers; 1 to {LayerWidths.MaxLayers + 1} make sense");
        if (widths[0] != columns || widths[^1] != columns)
            throw ModelReader.FormatError($"its network maps {widths[0]} columns to {widths[^1]}; its transform gives {columns}");
        if (widths.AsSpan(1, widths.Length - 2).ContainsAnyExceptInRange(1, LayerWidths.MaxWidth))
            throw ModelReader.FormatError($"a layer of its network is wider than {LayerWidths.MaxWidth}");
        if (NetworkLayout.LengthOf(widths) > NetworkLayout.MostParameters)
            throw ModelReader.FormatError($"its network has more than {NetworkLayout.MostParameters} weights");
        int[] activations = reader.GetInt32s("activations", (int)NetworkActivation.Relu, (int)NetworkActivation.Linear, widths.Length - 1);

        // Every array is asked for before the padded copy is made, so that a file's own size bounds what is allocated for it.
        var weights = new float[activations.Length][];
        var biases = new float[activations.Length][];
        for (int layer = 0; layer < activations.Length; layer++)
        {
            weights[layer] = reader.GetSingles($"weights.{layer}", widths[layer], widths[layer + 1]);
            biases[layer] = reader.GetSingles($"biases.{layer}", widths[layer + 1]);
        }

        var layout = new NetworkLayout(widths, [.. activations.Select(activation => (NetworkActivation)activation)]);
        var parameters = new float[layout.Length];
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            for (int i = 0; i < widths[layer]; i++)
                weights[layer].AsSpan(i * widths[layer + 1], widths[layer + 1]).CopyTo(parameters.AsSpan(layout.Weights(layer) + (i * layout.Stride(layer + 1))));
            biases[layer].CopyTo(parameters.AsSpan(layout.Biases(layer)));
        }

        double limit = reader.GetDouble("input_limit");
        if (!(limit > 0 && limit <= float.MaxValue))
            throw ModelReader.FormatError("what its inputs are limited to is not a number above zero");
        return new AutoencoderModel(
            new DenseNetwork(layout, parameters),
            (float)limit,
            ErrorWhitening.Read(reader.Scope("errors"), columns),
            ReadEpochs(reader.Scope("epochs")),
            ConstantInputs.Read(reader.Scope("constants"), columns));
    }

    public void WriteTo(ModelWriter writer)
    {
        var layout = network.Layout;
        writer.Add("widths", layout.Widths.AsMemory());
        writer.Add("activations", layout.Activations.Select(activation => (int)activation).ToArray().AsMemory());
        writer.Set("input_limit", (double)inputLimit);
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            int inputs = layout.Widths[layer];
            int outputs = layout.Widths[layer + 1];
            var weights = new float[inputs * outputs];
            for (int i = 0; i < inputs; i++)
                network.Parameters.Slice(layout.Weights(layer) + (i * layout.Stride(layer + 1)), outputs).CopyTo(weights.AsSpan(i * outputs));
            writer.Add($"weights.{layer}", weights.AsMemory(), inputs, outputs);
            writer.Add($"biases.{layer}", network.Parameters.Slice(layout.Biases(layer), outputs).ToArray().AsMemory());
        }

        ErrorWhitening.Write(writer.Scope("errors"), whitening);
        Constants.WriteTo(writer.Scope("constants"));
        var part = writer.Scope("epochs");
        part.Add("loss", epochs.Select(epoch => epoch.Loss).ToArray().AsMemory());
        part.Add("validation", epochs.Where(epoch => epoch.ValidationLoss is not null).Select(epoch => epoch.ValidationLoss!.Value).ToArray().AsMemory());
        part.Add("rate", epochs.Select(epoch => epoch.LearningRate).ToArray().AsMemory());
    }

    private static AutoencoderEpoch[] ReadEpochs(ModelReader reader)
    {
        double[] losses = reader.GetDoubles("loss", -1);
        double[] rates = reader.GetDoubles("rate", losses.Length);
        double[] validation = reader.GetDoubles("validation", -1);
        if (validation.Length != 0 && validation.Length != losses.Length)
            throw ModelReader.FormatError($"it has {losses.Length} training losses and {validation.Length} validation losses");
        return [.. losses.Select((loss, i) => new AutoencoderEpoch(loss, validation.Length == 0 ? null : validation[i], rates[i]))];
    }
}
