using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Random starts: mean and covariance of p + 1 rows, the fewest that span an ellipsoid (FastMCD's elemental subsets).</summary>
/// <remarks>
/// P. J. Rousseeuw, K. Van Driessen, Technometrics 41, 1999. Rows are drawn by their rank in the order of their classical distances, so that neither another
/// order of the rows nor an affine map of the columns changes what is drawn.
/// </remarks>
internal static class FastMcdStarts
{
    /// <summary>The rows' numbers in the order of their distances; equal ones in the order of the rows.</summary>
    public static int[] Order(double[] distances)
    {
        int[] order = [.. Enumerable.Range(0, distances.Length)];
        double[] keys = [.. distances];
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The start of an index: the rows of p + 1 random ranks.</summary>
    public static Ellipsoid Start(ScatterPass pass, ClassicalEstimate classical, int[] order, ulong seed, int index)
    {
        var random = new CounterRandom(seed, (ulong)index + 1);
        var chosen = new int[Math.Min(classical.Rank + 1, order.Length)];
        random.SampleWithoutReplacement(order.Length, chosen);
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = order[chosen[i]];
        var all = Ellipsoid.Of(classical);
        return all.From(pass.Of(all.Map, chosen));
    }
}
