using AnomalyKit.Persistence;

namespace AnomalyKit.Samples.CustomDetector;

/// <summary>Scores a row by its Euclidean distance to the k-th nearest of a few sampled training rows.</summary>
/// <remarks>See <see cref="SampledNeighboursTrainer"/> for the papers. The range is [0, ∞). Immutable and safe for any number of threads.</remarks>
public sealed class SampledNeighboursDetector : AnomalyDetector<SampledNeighboursDetector>, IDetectorKind<SampledNeighboursDetector>
{
    /// <summary>The largest k: the nearest distances are kept on the stack while a row is scored.</summary>
    public const int MaxNeighbours = 64;

    internal const string KindName = "sampled-neighbours";

    private readonly SampledNeighboursModel _model;

    private SampledNeighboursDetector(DetectorFrame frame, SampledNeighboursModel model)
        : base(frame, model) => _model = model;

    static string IDetectorKind<SampledNeighboursDetector>.Kind => KindName;

    /// <summary>Which of the nearest sampled rows counts, k.</summary>
    public int Neighbours => _model.Neighbours;

    /// <summary>The number of sampled rows.</summary>
    public int SampleSize => _model.SampleSize;

    static SampledNeighboursDetector IDetectorKind<SampledNeighboursDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (SampledNeighboursModel)model);

    static DetectorModel IDetectorKind<SampledNeighboursDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        SampledNeighboursModel.Read(reader, frame.Transform);
}
