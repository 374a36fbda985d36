namespace AnomalyKit.Core.Tests.Calibration;

internal static class Uniformity
{
    /// <summary>Kolmogorov's distance between the distribution of values and the uniform one on [0, 1].</summary>
    public static double Distance(double[] values)
    {
        Array.Sort(values);
        double most = 0;
        for (int i = 0; i < values.Length; i++)
        {
            most = Math.Max(most, Math.Abs(values[i] - ((double)i / values.Length)));
            most = Math.Max(most, Math.Abs(values[i] - ((i + 1.0) / values.Length)));
        }

        return most;
    }
}
