using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted k-nearest-neighbors detector. Its score is a row's mean (or largest, or median) distance to its k nearest reference rows.</summary>
/// <remarks>
/// <para>
/// S. Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000; F. Angiulli, C. Pizzuti, <i>Fast Outlier
/// Detection in High Dimensional Spaces</i>, PKDD 2002. Scores lie in [0, ∞), in the units of the scaled rows.
/// </para>
/// </remarks>
public sealed class NearestNeighborsDetector : NeighborDetector<NearestNeighborsDetector>, IDetectorKind<NearestNeighborsDetector>
{
    private readonly NearestNeighborsModel _model;

    private NearestNeighborsDetector(DetectorFrame frame, FittedNearestNeighbors fitted)
        : base(frame, fitted) => _model = fitted.Model;

    static string IDetectorKind<NearestNeighborsDetector>.Kind => FittedNearestNeighbors.KindName;

    /// <summary>Which distance is the score.</summary>
    public NeighborDistance Distance => _model.Distance;

    internal NearestNeighborsModel Model => _model;

    static NearestNeighborsDetector IDetectorKind<NearestNeighborsDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedNearestNeighbors)model);

    static DetectorModel IDetectorKind<NearestNeighborsDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedNearestNeighbors(frame.Transform, NearestNeighborsModel.Read(reader, frame.Transform.OutputColumns));
}
