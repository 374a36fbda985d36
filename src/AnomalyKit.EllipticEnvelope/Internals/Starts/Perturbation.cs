using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Leaves a local optimum: rows around the boundary of a concentrated subset are drawn anew, and concentration begins again from there.</summary>
/// <remarks>
/// Iterated local search (H. R. Lourenço, O. C. Martin, T. Stützle, 2003). Where columns are many, elemental subsets lie far from the bulk and every start
/// ends in an optimum of its own; going on from the best one costs as much as a start and gains more. Rows are drawn by their rank in the order of
/// distances, so that neither the order of the rows nor an affine map of the columns changes what is drawn.
/// </remarks>
internal static class Perturbation
{
    // Streams of the random starts begin at 1; these lie beyond all of them.
    private const ulong FirstStream = 1UL << 32;

    /// <summary>A subset of as many rows: the nearest rows, and a random half of those around the boundary.</summary>
    /// <param name="order">The rows in the order of their distances.</param>
    /// <param name="size">Rows of the subset.</param>
    /// <param name="width">Rows on either side of the boundary that are drawn anew.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="index">Which perturbation this is.</param>
    public static int[] Draw(int[] order, int size, int width, ulong seed, int index)
    {
        width = Math.Min(width, Math.Min(size, order.Length - size));
        var drawn = new int[width];
        new CounterRandom(seed, FirstStream + (ulong)index).SampleWithoutReplacement(2 * width, drawn);
        int[] subset = order[..size];
        for (int i = 0; i < width; i++)
            subset[size - width + i] = order[size - width + drawn[i]];
        Array.Sort(subset);
        return subset;
    }
}
