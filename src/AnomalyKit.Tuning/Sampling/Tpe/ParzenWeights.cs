namespace AnomalyKit;

/// <summary>How much each observation counts, and last the prior: the newest 25 and the prior 1, older ones the less the older they are, together 1.</summary>
internal static class ParzenWeights
{
    private const int Newest = 25;

    public static double[] Of(int observations)
    {
        var weights = new double[observations + 1];
        Array.Fill(weights, 1.0);
        int older = observations - Newest;
        for (int i = 0; i < older; i++)
        {
            double oldest = 1.0 / observations;
            weights[i] = older == 1 ? oldest : oldest + (i * (1 - oldest) / (older - 1));
        }

        double sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        return weights;
    }

    /// <summary>The index that a number from 0 to 1 falls on.</summary>
    public static int Pick(ReadOnlySpan<double> weights, double unit)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (unit < sum)
                return i;
        }

        return weights.Length - 1;
    }
}
