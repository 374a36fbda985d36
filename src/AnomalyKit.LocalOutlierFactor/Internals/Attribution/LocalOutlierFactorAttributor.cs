namespace AnomalyKit.LocalOutlierFactor;

/// <summary>Divides among the columns by how much a row is farther from its neighbors than these are from their own.</summary>
/// <remarks>
/// The score is D · mean max(kᵢ, dᵢ) with the neighbors' mean density D, their k-distances kᵢ and the row's distances dᵢ. Where the row lies within the k-distance of a neighbor, no column changes anything; beyond it,
/// dᵢ − kᵢ is divided in the direction of the neighbor. The baseline is D · mean kᵢ: the score of a row so close to its neighbors as they are to theirs.
/// </remarks>
internal sealed class LocalOutlierFactorAttributor(FeatureTransform transform, LocalOutlierFactorModel model, FeatureSchema schema, AttributionOptions options)
    : NeighborAttributor(transform, model.Neighbors, model.Metric, model.Sets, schema, options, Description)
{
    private static readonly AttributionInfo Description = new(
        "reachability-shares",
        "the score: the local outlier factor",
        isExact: true,
        "M. Sundararajan, A. Taly, Q. Yan: Axiomatic Attribution for Deep Networks, ICML 2017 (the straight line from each neighbor, neighbors and their densities fixed)");

    protected override (double Baseline, double Score) Weigh(int set, ReadOnlySpan<int> points, ReadOnlySpan<double> distances, Span<double> amounts)
    {
        var densities = model.Densities[set];
        int k = model.Neighbors;
        int left = k;
        double density = 0;
        double near = 0;
        double excess = 0;
        for (int i = 0; left > 0; i++)
        {
            int point = points[i];
            double share = (double)Math.Min(left, densities.Copies[point]) / k;
            left -= densities.Copies[point];
            density += share * densities.Density[point];
            near += share * densities.KDistance[point];
            amounts[i] = share * Math.Max(distances[i] - densities.KDistance[point], 0);
            excess += amounts[i];
        }

        double baseline = Math.Max(near, densities.Floor);
        double reachability = Math.Max(near + excess, densities.Floor);
        double factor = excess > 0 ? density * ((reachability - baseline) / excess) : 0;
        foreach (ref double amount in amounts)
            amount *= factor;
        return (density * baseline, density * reachability);
    }
}
