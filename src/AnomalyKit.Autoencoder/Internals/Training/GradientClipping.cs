namespace AnomalyKit.Autoencoder.Training;

/// <summary>Shortens gradients (R. Pascanu, T. Mikolov, Y. Bengio, <i>On the difficulty of training recurrent neural networks</i>, ICML 2013).</summary>
internal static class GradientClipping
{
    /// <summary>What a gradient is multiplied with so that its length is at most the limit.</summary>
    public static float Scale(ReadOnlySpan<float> gradient, double? limit)
    {
        if (limit is null)
            return 1;
        double sum = 0;
        foreach (float value in gradient)
            sum += (double)value * value;
        double length = Math.Sqrt(sum);
        return length > limit ? (float)(limit.Value / length) : 1;
    }
}
