namespace AnomalyKit.Autoencoder.Training;

/// <summary>Where training starts from: weights and biases uniform within ±1/√inputs, as PyTorch's linear layers are (K. He et al. 2015, with gain √(1/3)).</summary>
internal static class InitialWeights
{
    public static float[] Draw(NetworkLayout layout, ulong seed)
    {
        var random = RandomStreams.Weights(seed);
        var parameters = new float[layout.Length];
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            int inputs = layout.Widths[layer];
            int outputs = layout.Widths[layer + 1];
            double bound = 1 / Math.Sqrt(inputs);
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < outputs; j++)
                    parameters[layout.Weights(layer) + (i * layout.Stride(layer + 1)) + j] = (float)(bound * ((2 * random.NextDouble()) - 1));
            }

            for (int j = 0; j < outputs; j++)
                parameters[layout.Biases(layer) + j] = (float)(bound * ((2 * random.NextDouble()) - 1));
        }

        return parameters;
    }
}
