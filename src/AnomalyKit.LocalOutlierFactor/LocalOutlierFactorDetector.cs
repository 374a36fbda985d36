using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted local outlier factor. Its score is how much denser a row's neighbors are than the row: about 1 within clusters, higher the lonelier it is.</summary>
/// <remarks>
/// <para>
/// M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, <i>LOF: Identifying Density-Based Local Outliers</i>, SIGMOD 2000. Scores lie in [0, ∞). The neighborhood is
/// exactly the <see cref="NeighborDetector{TSelf}.Neighbors"/> nearest reference rows; equal distances go to the row whose first copy comes first. Infinite densities count as the highest
/// finite one.
/// </para>
/// </remarks>
public sealed class LocalOutlierFactorDetector : NeighborDetector<LocalOutlierFactorDetector>, IDetectorKind<LocalOutlierFactorDetector>
{
    private readonly LocalOutlierFactorModel _model;

    private LocalOutlierFactorDetector(DetectorFrame frame, FittedLocalOutlierFactor fitted)
        : base(frame, fitted) => _model = fitted.Model;

    static string IDetectorKind<LocalOutlierFactorDetector>.Kind => FittedLocalOutlierFactor.KindName;

    internal LocalOutlierFactorModel Model => _model;

    static LocalOutlierFactorDetector IDetectorKind<LocalOutlierFactorDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedLocalOutlierFactor)model);

    static DetectorModel IDetectorKind<LocalOutlierFactorDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedLocalOutlierFactor(frame.Transform, LocalOutlierFactorModel.Read(reader, frame.Transform.OutputColumns));
}
