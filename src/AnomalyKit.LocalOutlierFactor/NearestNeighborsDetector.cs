using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted k-nearest-neighbours detector. Its score is a row's mean (or largest, or median) distance to its k nearest reference rows.</summary>
/// <remarks>
/// <para>
/// S. Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000; F. Angiulli, C. Pizzuti, <i>Fast Outlier
/// Detection in High Dimensional Spaces</i>, PKDD 2002. Scores lie in [0, ∞), in the units of the scaled rows.
/// </para>
/// </remarks>
public sealed class NearestNeighborsDetector : NeighborDetector
{
    internal const string KindName = "nearest-neighbors";

    private static readonly DetectorInfo Description = new(
        KindName,
        "mean, largest or median distance to the k nearest reference rows",
        0,
        double.PositiveInfinity,
        "S. Ramaswamy, R. Rastogi, K. Shim: Efficient Algorithms for Mining Outliers from Large Data Sets, SIGMOD 2000");

    private static readonly ModelCatalog OwnCatalog = new([Format]);

    private readonly NearestNeighborsModel _model;

    internal NearestNeighborsDetector(DetectorFrame frame, NearestNeighborsModel model)
        : base(frame, model.Neighbors, model.Metric, model.Sets, model.TrainingScores)
    {
        _model = model;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>Which distance is the score.</summary>
    public NeighborDistance Distance => _model.Distance;

    internal NearestNeighborsModel Model => _model;

    /// <summary>Loads a detector from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no nearest-neighbours detector, or of a newer format.</exception>
    public static NearestNeighborsDetector Load(string path) => (NearestNeighborsDetector)OwnCatalog.Load(path);

    /// <summary>Loads a detector from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no nearest-neighbours detector, or of a newer format.</exception>
    public static NearestNeighborsDetector Load(Stream source) => (NearestNeighborsDetector)OwnCatalog.Load(source);

    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override NearestNeighborsDetector WithThreshold(double threshold) => (NearestNeighborsDetector)base.WithThreshold(threshold);

    private protected override void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums) =>
        _model.Sets[set].AddScores(rows, Neighbors, new DistanceScore(_model.Sets[set].Copies, _model.Distance, Neighbors), sums);

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new NearestNeighborsDetector(frame, _model);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static NearestNeighborsDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, NearestNeighborsModel.Read(reader, frame.Transform.OutputColumns));
}
