namespace AnomalyKit.LocalOutlierFactor;

/// <summary>The nearest other points of each point, in the order of their numbers.</summary>
/// <param name="Width">Points a point.</param>
/// <param name="Points">Their numbers, nearest first.</param>
/// <param name="Distances">Their distances.</param>
internal sealed record PointNeighbors(int Width, int[] Points, double[] Distances)
{
    public ReadOnlySpan<int> PointsOf(int point) => Points.AsSpan(point * Width, Width);

    public ReadOnlySpan<double> DistancesOf(int point) => Distances.AsSpan(point * Width, Width);
}
