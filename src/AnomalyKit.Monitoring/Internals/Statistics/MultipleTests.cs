namespace AnomalyKit.Monitoring.Statistics;

/// <summary>p-values of several tests, adjusted so that a level holds for all of them together. In logarithms, so that far tails keep their order.</summary>
internal static class MultipleTests
{
    /// <summary>S. Holm, 1979: the probability of any false rejection stays below the level, whatever the dependence.</summary>
    public static double[] Holm(ReadOnlySpan<double> logs)
    {
        int[] order = Ascending(logs);
        var adjusted = new double[logs.Length];
        double most = double.NegativeInfinity;
        for (int i = 0; i < order.Length; i++)
        {
            most = Math.Max(most, Math.Min(0, logs[order[i]] + Math.Log(order.Length - i)));
            adjusted[order[i]] = most;
        }

        return adjusted;
    }

    /// <summary>Y. Benjamini and Y. Hochberg, 1995: the expected fraction of false rejections stays below the level, for independent or positively dependent tests.</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> logs)
    {
        int[] order = Ascending(logs);
        var adjusted = new double[logs.Length];
        double least = 0;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            least = Math.Min(least, logs[order[i]] + Math.Log((double)order.Length / (i + 1)));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }

    private static int[] Ascending(ReadOnlySpan<double> logs)
    {
        double[] keys = logs.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        return order;
    }
}
