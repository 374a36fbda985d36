using AnomalyKit.Feedback.Model;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A detector that has learned from an analyst's answers. Its score is the logarithm of the odds that a row is an anomaly.</summary>
/// <remarks>
/// The base detector's score of a row, as a rank, is the prior. Answers move it: by what members' scores and columns have in common with rows that were answered, and by how near those rows are.
/// Rows that no answer says anything about keep the base detector's order. The odds are a ranking, not a calibrated probability: answers are about rows that were chosen for being strange.
/// Immutable and safe for any number of threads. To load it, use <see cref="FeedbackFile"/>; hosts of models take its <see cref="AnomalyDetector{TSelf}.Format"/>.
/// </remarks>
public sealed class FeedbackDetector : AnomalyDetector<FeedbackDetector>, IDetectorKind<FeedbackDetector>
{
    private readonly FittedFeedback _fitted;

    internal FeedbackDetector(DetectorFrame frame, FittedFeedback fitted)
        : base(frame, fitted) => _fitted = fitted;

    static string IDetectorKind<FeedbackDetector>.Kind => FittedFeedback.KindName;

    /// <summary>The detector that the session started from.</summary>
    public IAnomalyDetector BaseDetector => _fitted.Detector;

    /// <summary>The number of answered rows that count as anomalies.</summary>
    public int AnomalyCount => _fitted.Counts.Anomalies;

    /// <summary>The number of answered rows that count as normal.</summary>
    public int NormalCount => _fitted.Counts.Normals;

    static FeedbackDetector IDetectorKind<FeedbackDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedFeedback)model);

    static DetectorModel IDetectorKind<FeedbackDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        FittedFeedback.Read(reader, frame, catalog);
}
