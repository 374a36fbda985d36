namespace AnomalyKit.EllipticEnvelope;

/// <summary>Swaps rows of a concentrated subset for rows outside it, where that lowers the determinant although no concentration step does.</summary>
/// <remarks>
/// D. M. Hawkins, <i>The feasible solution algorithm for the minimum covariance determinant estimator in multivariate data</i>, Computational Statistics and
/// Data Analysis 17, 1994. Only rows near the boundary are looked at: the farthest inside against the nearest outside.
/// </remarks>
internal sealed class Exchange(ScatterPass pass)
{
    private const int BoundaryRows = 40;
    private const int SwapsARound = 8;
    private const int MostRounds = 40;
    private const double LeastGain = 1e-9;

    /// <summary>Improves a subset in place.</summary>
    /// <returns>The ellipsoid of the improved subset; the given one where nothing was found.</returns>
    public Ellipsoid Run(Ellipsoid ellipsoid, bool[] support)
    {
        var distances = new double[support.Length];
        for (int round = 0; round < MostRounds && ellipsoid.Shrinkage == 0; round++)
        {
            pass.Run(ellipsoid.Map, 0, distances);
            var swaps = Find(ellipsoid, support, distances);
            if (swaps.Count == 0)
                break;
            // Swaps were judged one by one; together they may get in each other's way.
            var next = Apply(ellipsoid, support, swaps);
            if (next is null)
            {
                swaps.RemoveRange(1, swaps.Count - 1);
                next = Apply(ellipsoid, support, swaps);
            }

            if (next is null)
                break;
            ellipsoid = next;
        }

        return ellipsoid;
    }

    private static void Swap(bool[] support, List<(int Out, int In)> swaps)
    {
        foreach (var (leaving, entering) in swaps)
            (support[leaving], support[entering]) = (support[entering], support[leaving]);
    }

    private Ellipsoid? Apply(Ellipsoid ellipsoid, bool[] support, List<(int Out, int In)> swaps)
    {
        Swap(support, swaps);
        int[] rows = [.. Enumerable.Range(0, support.Length).Where(row => support[row])];
        var next = ellipsoid.From(pass.Of(ellipsoid.Map, rows));
        if (next.LogDeterminant < ellipsoid.LogDeterminant - LeastGain)
            return next;
        Swap(support, swaps);
        return null;
    }

    /// <summary>The best swaps of different rows, best first.</summary>
    private List<(int Out, int In)> Find(Ellipsoid ellipsoid, bool[] support, double[] distances)
    {
        int[] inside = [.. Enumerable.Range(0, support.Length).Where(row => support[row]).OrderByDescending(row => distances[row]).Take(BoundaryRows)];
        int[] outside = [.. Enumerable.Range(0, support.Length).Where(row => !support[row]).OrderBy(row => distances[row]).Take(BoundaryRows)];
        int count = support.Count(member => member);
        double[][] images = [.. inside.Concat(outside).Select(row => Image(ellipsoid, row))];
        var found = new List<(double Ratio, int Out, int In)>();
        double c = 1.0 / (count - 1);
        for (int i = 0; i < inside.Length; i++)
        {
            double own = distances[inside[i]];
            double left = 1 - (c * own);
            for (int j = 0; j < outside.Length; j++)
            {
                double product = 0;
                for (int k = 0; k < images[i].Length; k++)
                    product += images[i][k] * images[inside.Length + j][k];
                // The determinant's ratio when row i leaves and row j enters, the mean moving along.
                double square = distances[outside[j]] + (2 * c * product) + (c * c * own);
                double along = product + (c * own);
                double ratio = left * (1 + ((count - 1.0) / count / count * (square + (c * along * along / left))));
                if (ratio < 1 - LeastGain)
                    found.Add((ratio, inside[i], outside[j]));
            }
        }

        var swaps = new List<(int Out, int In)>();
        foreach (var (_, leaving, entering) in found.OrderBy(swap => swap.Ratio).ThenBy(swap => swap.Out).ThenBy(swap => swap.In))
        {
            if (swaps.Count < SwapsARound && !swaps.Exists(swap => swap.Out == leaving || swap.In == entering))
                swaps.Add((leaving, entering));
        }

        return swaps;
    }

    private unsafe double[] Image(Ellipsoid ellipsoid, int row)
    {
        var map = ellipsoid.Map;
        var image = new double[4 * map.Stride];
        fixed (float* source = pass.Rows.Cells(row))
        fixed (double* target = image, scratch = new double[4 * map.InputStride])
            pass.Kernel.Map(map, source, 1, target, scratch);
        return image[..map.Stride];
    }
}
