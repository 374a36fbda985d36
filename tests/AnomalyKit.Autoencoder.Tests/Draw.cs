using AnomalyKit.Autoencoder.Training;
using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>Data and networks for the tests, the same on every machine.</summary>
internal static class Draw
{
    public static FeatureMatrix Normal(int rows, int columns, ulong seed = 1)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }

    /// <summary>Rows near a plane of two dimensions, in many columns.</summary>
    public static FeatureMatrix Plane(int rows, int columns, ulong seed = 1)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            double u = random.NextGaussian();
            double v = random.NextGaussian();
            for (int j = 0; j < columns; j++)
                cells[(row * columns) + j] = (float)((u * Math.Cos(j)) + (v * Math.Sin(j)) + (0.05 * random.NextGaussian()));
        }

        return FeatureMatrix.Wrap(cells, columns);
    }

    public static NetworkLayout Layout(NetworkActivation activation, NetworkActivation output, params int[] widths)
    {
        var activations = new NetworkActivation[widths.Length - 1];
        Array.Fill(activations, activation);
        activations[^1] = output;
        return new NetworkLayout(widths, activations);
    }

    public static TrainingPlan Plan() => new()
    {
        MaxEpochs = 3,
        BatchSize = 32,
        LearningRate = 1e-2,
        Schedule = LearningRateSchedule.Constant,
        WeightDecay = 0,
        DropoutFraction = 0,
        InputNoise = 0,
        MaxGradientNorm = null,
        TrimmedFraction = 0,
        Patience = null,
        Seed = 5,
    };
}
