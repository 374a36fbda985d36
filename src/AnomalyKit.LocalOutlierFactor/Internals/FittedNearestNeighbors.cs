using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A nearest-neighbors model behind its transform.</summary>
internal sealed class FittedNearestNeighbors : FittedNeighbors
{
    public const string KindName = "nearest-neighbors";

    private static readonly DetectorInfo Description = new(
        KindName,
        "mean, largest or median distance to the k nearest reference rows",
        0,
        double.PositiveInfinity,
        "S. Ramaswamy, R. Rastogi, K. Shim: Efficient Algorithms for Mining Outliers from Large Data Sets, SIGMOD 2000");

    public FittedNearestNeighbors(FeatureTransform transform, NearestNeighborsModel model)
        : base(transform, model.Neighbors, model.Metric, model.Sets, model.TrainingScores) => Model = model;

    public NearestNeighborsModel Model { get; }

    public override DetectorInfo Info => Description;

    protected override void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums) =>
        Model.Sets[set].AddScores(rows, Neighbors, new DistanceScore(Model.Sets[set].Copies, Model.Distance, Neighbors), sums);

    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) =>
        Transform.CarriesBack ? new NearestNeighborsAttributor(Transform, Model, schema, options) : null;

    protected override void WriteTo(ModelWriter writer) => Model.WriteTo(writer);
}
