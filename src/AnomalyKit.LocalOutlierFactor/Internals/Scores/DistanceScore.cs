namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A row's mean, largest or median distance to its k nearest neighbors.</summary>
/// <param name="copies">How many rows each point stands for.</param>
/// <param name="distance">Which distance.</param>
/// <param name="neighbors">k.</param>
internal readonly struct DistanceScore(int[] copies, NeighborDistance distance, int neighbors) : INeighborScore
{
    public double Of(ReadOnlySpan<int> points, ReadOnlySpan<double> distances) => Of(0, points, distances);

    /// <summary>A reference point's own score: its copies are its neighbors, at distance 0.</summary>
    public double OfPoint(int point, PointNeighbors near) => Of(Math.Min(copies[point] - 1, neighbors), near.PointsOf(point), near.DistancesOf(point));

    private double Of(int own, ReadOnlySpan<int> points, ReadOnlySpan<double> distances)
    {
        // The ranks of the middle: the same where k is odd.
        int lower = (neighbors - 1) / 2;
        int upper = neighbors / 2;
        double sum = 0;
        double median = 0;
        double last = 0;
        int seen = own;
        for (int i = 0; seen < neighbors; i++)
        {
            int taken = Math.Min(neighbors - seen, copies[points[i]]);
            last = distances[i];
            sum += taken * last;
            if (seen <= lower && lower < seen + taken)
                median += last / 2;
            if (seen <= upper && upper < seen + taken)
                median += last / 2;
            seen += taken;
        }

        return distance switch
        {
            NeighborDistance.Largest => last,
            NeighborDistance.Median => median,
            _ => sum / neighbors,
        };
    }
}
