using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted local outlier factor. Its score is how much denser a row's neighbours are than the row: about 1 within clusters, higher the lonelier it is.</summary>
/// <remarks>
/// <para>
/// M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, <i>LOF: Identifying Density-Based Local Outliers</i>, SIGMOD 2000. Scores lie in [0, ∞). The neighbourhood is
/// exactly the <see cref="NeighborDetector.Neighbors"/> nearest reference rows; equal distances go to the row whose first copy comes first. Infinite densities count as the highest
/// finite one.
/// </para>
/// </remarks>
public sealed class LocalOutlierFactorDetector : NeighborDetector
{
    internal const string KindName = "local-outlier-factor";

    private static readonly DetectorInfo Description = new(
        KindName,
        "mean of lrd(o) / lrd(x) over the k nearest reference rows o, where lrd is the inverse of the mean reachability distance",
        0,
        double.PositiveInfinity,
        "M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander: LOF: Identifying Density-Based Local Outliers, SIGMOD 2000");

    private static readonly ModelCatalog OwnCatalog = new([Format]);

    private readonly LocalOutlierFactorModel _model;

    internal LocalOutlierFactorDetector(DetectorFrame frame, LocalOutlierFactorModel model)
        : base(frame, model.Neighbors, model.Metric, model.Sets, model.TrainingScores)
    {
        _model = model;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    internal LocalOutlierFactorModel Model => _model;

    /// <summary>Loads a detector from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no local outlier factor, or of a newer format.</exception>
    public static LocalOutlierFactorDetector Load(string path) => (LocalOutlierFactorDetector)OwnCatalog.Load(path);

    /// <summary>Loads a detector from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no local outlier factor, or of a newer format.</exception>
    public static LocalOutlierFactorDetector Load(Stream source) => (LocalOutlierFactorDetector)OwnCatalog.Load(source);

    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override LocalOutlierFactorDetector WithThreshold(double threshold) => (LocalOutlierFactorDetector)base.WithThreshold(threshold);

    private protected override void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums) =>
        _model.Sets[set].AddScores(rows, Neighbors, new DensityScore(_model.Densities[set], Neighbors), sums);

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new LocalOutlierFactorDetector(frame, _model);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static LocalOutlierFactorDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, LocalOutlierFactorModel.Read(reader, frame.Transform.OutputColumns));
}
