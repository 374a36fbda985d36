using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A local outlier factor behind its transform.</summary>
internal sealed class FittedLocalOutlierFactor : FittedNeighbors
{
    public const string KindName = "local-outlier-factor";

    private static readonly DetectorInfo Description = new(
        KindName,
        "mean of lrd(o) / lrd(x) over the k nearest reference rows o, where lrd is the inverse of the mean reachability distance",
        0,
        double.PositiveInfinity,
        "M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander: LOF: Identifying Density-Based Local Outliers, SIGMOD 2000");

    public FittedLocalOutlierFactor(FeatureTransform transform, LocalOutlierFactorModel model)
        : base(transform, model.Neighbors, model.Metric, model.Sets, model.TrainingScores) => Model = model;

    public LocalOutlierFactorModel Model { get; }

    public override DetectorInfo Info => Description;

    protected override void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums) =>
        Model.Sets[set].AddScores(rows, Neighbors, new DensityScore(Model.Densities[set], Neighbors), sums);

    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) =>
        Transform.CarriesBack ? new LocalOutlierFactorAttributor(Transform, Model, schema, options) : null;

    protected override void WriteTo(ModelWriter writer) => Model.WriteTo(writer);
}
