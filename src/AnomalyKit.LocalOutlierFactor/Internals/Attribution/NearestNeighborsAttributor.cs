namespace AnomalyKit.LocalOutlierFactor;

/// <summary>Divides the mean, largest or median distance of a row from its neighbors among the columns.</summary>
internal sealed class NearestNeighborsAttributor(FeatureTransform transform, NearestNeighborsModel model, FeatureSchema schema, AttributionOptions options)
    : NeighborAttributor(transform, model.Neighbors, model.Metric, model.Sets, schema, options, model.Metric == DistanceMetric.Chebyshev ? ByGame : ByGradient)
{
    private static readonly AttributionInfo ByGradient = new(
        "distance-shares",
        "the score: the distance to the neighbors",
        isExact: true,
        "M. Sundararajan, A. Taly, Q. Yan: Axiomatic Attribution for Deep Networks, ICML 2017 (the straight line from each neighbor)");

    private static readonly AttributionInfo ByGame = new(
        "distance-shares",
        "the score: the distance to the neighbors",
        isExact: true,
        "S. C. Littlechild, G. Owen: A Simple Expression for the Shapley Value in a Special Case, Management Science 20, 1973 (the largest difference as a game)");

    protected override (double Baseline, double Score) Weigh(int set, ReadOnlySpan<int> points, ReadOnlySpan<double> distances, Span<double> amounts)
    {
        int[] copies = model.Sets[set].Copies;
        int k = model.Neighbors;

        // The ranks of the middle: the same where k is odd.
        int lower = (k - 1) / 2;
        int upper = k / 2;
        int seen = 0;
        double score = 0;
        for (int i = 0; seen < k; i++)
        {
            int taken = Math.Min(k - seen, copies[points[i]]);
            int end = seen + taken;
            double weight = model.Distance switch
            {
                NeighborDistance.Largest => end == k ? 1 : 0,
                NeighborDistance.Median => (seen <= lower && lower < end ? 0.5 : 0) + (seen <= upper && upper < end ? 0.5 : 0),
                _ => (double)taken / k,
            };
            amounts[i] = weight * distances[i];
            score += amounts[i];
            seen = end;
        }

        return (0, score);
    }
}
