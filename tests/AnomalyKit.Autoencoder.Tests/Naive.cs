namespace AnomalyKit.Autoencoder.Tests;

/// <summary>The network as a textbook writes it, in double: what the kernels are compared with.</summary>
internal static class Naive
{
    public static double Activate(NetworkActivation activation, double x) => activation switch
    {
        NetworkActivation.Relu => Math.Max(x, 0),
        NetworkActivation.LeakyRelu => x > 0 ? x : 0.01 * x,
        NetworkActivation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        NetworkActivation.Silu => x / (1 + Math.Exp(-x)),
        NetworkActivation.Tanh => Math.Tanh(x),
        NetworkActivation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => x,
    };

    public static double[] Map(NetworkLayout layout, double[] parameters, ReadOnlySpan<double> row)
    {
        double[] values = row.ToArray();
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            var next = new double[layout.Widths[layer + 1]];
            int weights = layout.Weights(layer);
            int stride = layout.Stride(layer + 1);
            for (int j = 0; j < next.Length; j++)
            {
                double sum = parameters[layout.Biases(layer) + j];
                for (int i = 0; i < values.Length; i++)
                    sum += values[i] * parameters[weights + (i * stride) + j];
                next[j] = Activate(layout.Activations[layer], sum);
            }

            values = next;
        }

        return values;
    }

    /// <summary>The mean squared error over rows and columns.</summary>
    public static double Loss(NetworkLayout layout, double[] parameters, FeatureMatrix data, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            double[] cells = Array.ConvertAll(data.Cells(row).ToArray(), cell => (double)cell);
            double[] made = Map(layout, parameters, cells);
            for (int j = 0; j < cells.Length; j++)
                sum += (made[j] - cells[j]) * (made[j] - cells[j]);
        }

        return sum / rows.Length / data.ColumnCount;
    }
}
