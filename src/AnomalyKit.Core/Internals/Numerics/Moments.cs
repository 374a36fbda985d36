namespace AnomalyKit.Numerics;

/// <summary>Mean and population variance, in double, in the order of the values.</summary>
internal static class Moments
{
    /// <summary>Two passes, so that a large mean costs no digits.</summary>
    public static (double Mean, double Variance) Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        double mean = sum / values.Length;
        double squares = 0;
        foreach (float value in values)
            squares += (value - mean) * (value - mean);
        return (mean, squares / values.Length);
    }
}
