using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>The k-distances and mean reachability distances of the reference points, and the scores that follow from them.</summary>
/// <remarks>
/// <para>
/// Breunig et al. 2000, definitions 3 to 7, with exactly k neighbors: the reachability distance of p from o is max(k-distance(o), d(p, o)); p's local reachability
/// density is the inverse of its mean over the neighbors; the score is the neighbors' mean density over p's.
/// </para>
/// <para>
/// A row with k copies of itself has no mean reachability distance above 0: its density is infinite. Where there are such rows, mean reachability distances below
/// the smallest positive one count as that one: infinite densities are as high as the highest finite one, their ratio is 1, no score is infinite,
/// and scores still do not depend on the units of the rows.
/// </para>
/// </remarks>
internal sealed class LocalDensities
{
    /// <summary>No distances of float32 cells lie outside, 0 aside.</summary>
    public const double SmallestDistance = 1e-60;

    public const double LargestDistance = 1e60;

    public LocalDensities(int[] copies, double[] kDistance, double[] reachability, double floor)
    {
        Copies = copies;
        KDistance = kDistance;
        Reachability = reachability;
        Floor = floor;
        Density = new double[reachability.Length];
        for (int i = 0; i < Density.Length; i++)
            Density[i] = 1 / Math.Max(reachability[i], floor);
    }

    public int[] Copies { get; }

    /// <summary>Each point's distance from its k-th neighbor.</summary>
    public double[] KDistance { get; }

    /// <summary>Each point's mean reachability distance.</summary>
    public double[] Reachability { get; }

    /// <summary>What mean reachability distances count as at least; 0 where none is 0.</summary>
    public double Floor { get; }

    /// <summary>Each point's local reachability density.</summary>
    public double[] Density { get; }

    /// <summary>Finds the densities from each point's neighbors.</summary>
    public static LocalDensities Of(int[] copies, PointNeighbors neighbors, int k, FitContext context)
    {
        const int BlockPoints = 8192;
        const string Stage = "estimating densities";
        int count = copies.Length;
        int blocks = Blocks.Count(count, BlockPoints);
        var kDistance = new double[count];
        context.Part(0, 0.5).ForBlocks(Stage, blocks, block =>
        {
            int end = Math.Min(count, (block + 1) * BlockPoints);
            for (int point = block * BlockPoints; point < end; point++)
                kDistance[point] = Farthest(copies, point, neighbors, k);
        });
        var reachability = new double[count];
        context.Part(0.5, 1).ForBlocks(Stage, blocks, block =>
        {
            int end = Math.Min(count, (block + 1) * BlockPoints);
            for (int point = block * BlockPoints; point < end; point++)
            {
                int own = Math.Min(copies[point] - 1, k);
                reachability[point] = MeanReachability(
                    copies, kDistance, own * kDistance[point], k - own, neighbors.PointsOf(point), neighbors.DistancesOf(point), k);
            }
        });
        return new LocalDensities(copies, kDistance, reachability, FloorOf(reachability, neighbors));
    }

    /// <summary>A reference point's own score: it is not its own neighbor, its copies are.</summary>
    public double ScoreOf(int point, PointNeighbors neighbors, int k)
    {
        int own = Math.Min(Copies[point] - 1, k);
        return Score(Math.Max(Reachability[point], Floor), own * Density[point], k - own, neighbors.PointsOf(point), k);
    }

    /// <summary>The score of a row that has these nearest points.</summary>
    public double Score(ReadOnlySpan<int> points, ReadOnlySpan<double> distances, int k) =>
        Score(Math.Max(MeanReachability(Copies, KDistance, 0, k, points, distances, k), Floor), 0, k, points, k);

    private static double Farthest(int[] copies, int point, PointNeighbors neighbors, int k)
    {
        int left = k - (copies[point] - 1);
        var points = neighbors.PointsOf(point);
        double distance = 0;
        for (int i = 0; left > 0; i++)
        {
            distance = neighbors.DistancesOf(point)[i];
            left -= Math.Min(left, copies[points[i]]);
        }

        return distance;
    }

    private static double MeanReachability(
        int[] copies, double[] kDistance, double sum, int left, ReadOnlySpan<int> points, ReadOnlySpan<double> distances, int k)
    {
        for (int i = 0; left > 0; i++)
        {
            int taken = Math.Min(left, copies[points[i]]);
            sum += taken * Math.Max(kDistance[points[i]], distances[i]);
            left -= taken;
        }

        return sum / k;
    }

    private static double FloorOf(double[] reachability, PointNeighbors neighbors)
    {
        if (!reachability.Contains(0))
            return 0;
        double floor = reachability.Where(distance => distance > 0).DefaultIfEmpty(double.PositiveInfinity).Min();
        if (double.IsInfinity(floor))
            floor = neighbors.Distances.Where(distance => distance > 0).DefaultIfEmpty(1).Min();
        return floor;
    }

    private double Score(double reachability, double sum, int left, ReadOnlySpan<int> points, int k)
    {
        for (int i = 0; left > 0; i++)
        {
            int taken = Math.Min(left, Copies[points[i]]);
            sum += taken * Density[points[i]];
            left -= taken;
        }

        return reachability * sum / k;
    }
}
