using System.Buffers;
using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted k-nearest-neighbours detector. Its score is a row's mean (or largest, or median) distance to its k nearest reference rows.</summary>
/// <remarks>
/// <para>
/// S. Ramaswamy, R. Rastogi, K. Shim, <i>Efficient Algorithms for Mining Outliers from Large Data Sets</i>, SIGMOD 2000; F. Angiulli, C. Pizzuti, <i>Fast Outlier
/// Detection in High Dimensional Spaces</i>, PKDD 2002. Scores lie in [0, ∞), in the units of the scaled rows.
/// </para>
/// <para>
/// Scoring takes rows as new: a row that the detector was fitted on finds itself among its neighbours. The scores that training rows have among the others, without
/// themselves, are <see cref="TrainingScores"/>; the threshold follows from those. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed class NearestNeighborsDetector : AnomalyDetector
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
        : base(frame)
    {
        _model = model;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The number of neighbours, k.</summary>
    public int Neighbors => _model.Neighbors;

    /// <summary>Which distance is the score.</summary>
    public NeighborDistance Distance => _model.Distance;

    /// <summary>How distances are measured.</summary>
    public DistanceMetric Metric => _model.Metric;

    /// <summary>The engine that neighbours are found with.</summary>
    public NeighborEngine Engine => _model.Sets[0].Search.UsesTree ? NeighborEngine.Tree : NeighborEngine.BruteForce;

    /// <summary>The number of subsets of reference rows that scores are averaged over; 1 where all rows are referred to.</summary>
    public int Subsets => _model.Sets.Length;

    /// <summary>The score of each training row among the other ones: a reference row is not its own neighbour. Empty where no score was asked for, see
    /// <see cref="NeighborTrainer{TDetector}.ReferenceRows"/>.</summary>
    public ReadOnlySpan<float> TrainingScores => _model.TrainingScores;

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
                _model.Sets[i].AddScores(rows, _model.Neighbors, new DistanceScore(_model.Sets[i].Copies, _model.Distance, _model.Neighbors), working);
            NeighborScoring.Average(working, _model.Sets.Length, scores);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new NearestNeighborsDetector(frame, _model);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static NearestNeighborsDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, NearestNeighborsModel.Read(reader, frame.Transform.OutputColumns));
}
