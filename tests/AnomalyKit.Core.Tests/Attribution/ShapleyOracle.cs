namespace AnomalyKit.Core.Tests.Attribution;

/// <summary>Shapley values from all 2^n coalitions, straight from L. S. Shapley's definition of 1953.</summary>
internal static class ShapleyOracle
{
    /// <param name="players">How many there are, at most 20.</param>
    /// <param name="value">The value of a coalition, whose members are the bits that are set.</param>
    public static double[] Values(int players, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, 1 << players).Select(value)];
        var shares = new double[players];
        for (int coalition = 0; coalition < values.Length; coalition++)
        {
            int size = int.PopCount(coalition);
            for (int player = 0; player < players; player++)
            {
                if ((coalition >> player & 1) == 0)
                    shares[player] += (values[coalition | (1 << player)] - values[coalition]) / (players * Choose(players - 1, size));
            }
        }

        return shares;
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
