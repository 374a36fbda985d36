using System.Buffers;
using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted local outlier factor. Its score is how much denser a row's neighbours are than the row: about 1 within clusters, higher the lonelier it is.</summary>
/// <remarks>
/// <para>
/// M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, <i>LOF: Identifying Density-Based Local Outliers</i>, SIGMOD 2000. Scores lie in [0, ∞). The neighbourhood is
/// exactly the <see cref="Neighbors"/> nearest reference rows; equal distances go to the row whose first copy comes first. Infinite densities count as the highest
/// finite one.
/// </para>
/// <para>
/// Scoring takes rows as new: a row that the detector was fitted on finds itself among its neighbours. The scores that training rows have among the others, without
/// themselves, are <see cref="TrainingScores"/>; the threshold follows from those. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed class LocalOutlierFactorDetector : AnomalyDetector
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
        : base(frame)
    {
        _model = model;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The size of a neighbourhood, k.</summary>
    public int Neighbors => _model.Neighbors;

    /// <summary>How distances are measured.</summary>
    public DistanceMetric Metric => _model.Metric;

    /// <summary>The engine that neighbours are found with.</summary>
    public NeighborEngine Engine => _model.Sets[0].Search.UsesTree ? NeighborEngine.Tree : NeighborEngine.BruteForce;

    /// <summary>The number of subsets of reference rows that scores are averaged over; 1 where all rows are referred to.</summary>
    public int Subsets => _model.Sets.Length;

    /// <summary>The score of each training row among the other ones: a reference row is not its own neighbour. Empty where no score was asked for, see
    /// <see cref="NeighborTrainer{TDetector}.ReferenceRows"/>.</summary>
    public ReadOnlySpan<float> TrainingScores => _model.TrainingScores;

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

    /// <inheritdoc/>
    protected override int BlockRows => NeighborScoring.BlockRows(_model.Sets, base.BlockRows);

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        double[] sums = ArrayPool<double>.Shared.Rent(scores.Length);
        try
        {
            var working = sums.AsSpan(0, scores.Length);
            working.Clear();
            for (int i = 0; i < _model.Sets.Length; i++)
                _model.Sets[i].AddScores(rows, _model.Neighbors, new DensityScore(_model.Densities[i], _model.Neighbors), working);
            NeighborScoring.Average(working, _model.Sets.Length, scores);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new LocalOutlierFactorDetector(frame, _model);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static LocalOutlierFactorDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, LocalOutlierFactorModel.Read(reader, frame.Transform.OutputColumns));

    internal readonly struct DensityScore(LocalDensities densities, int neighbors) : INeighborScore
    {
        public double Of(ReadOnlySpan<int> points, ReadOnlySpan<double> distances) => densities.Score(points, distances, neighbors);
    }
}
