using AnomalyKit.LocalOutlierFactor;

namespace AnomalyKit;

/// <summary>A fitted detector whose score is made of a row's nearest reference rows.</summary>
/// <remarks>
/// <para>
/// <c>Score</c> and <c>IsAnomaly</c> treat every row as new. So <c>IsAnomaly(trainingData)</c> does not flag the training rows that the threshold was set for: each finds itself
/// among its neighbors, at distance 0, and scores lower. Call the trainer's <c>FitAndScore</c> instead, which scores each training row among the others; these scores are
/// <see cref="TrainingScores"/> too, and the threshold follows from them.
/// </para>
/// <para>Immutable and safe for any number of threads.</para>
/// </remarks>
/// <typeparam name="TSelf">The derived detector.</typeparam>
public abstract class NeighborDetector<TSelf> : AnomalyDetector<TSelf>
    where TSelf : NeighborDetector<TSelf>, IDetectorKind<TSelf>
{
    private readonly FittedNeighbors _fitted;

    private protected NeighborDetector(DetectorFrame frame, FittedNeighbors fitted)
        : base(frame, fitted) => _fitted = fitted;

    /// <summary>The size of a neighborhood, k.</summary>
    public int Neighbors => _fitted.Neighbors;

    /// <summary>How distances are measured.</summary>
    public DistanceMetric Metric => _fitted.Metric;

    /// <summary>The engine that neighbors are found with.</summary>
    public NeighborEngine Engine => _fitted.Sets[0].Search.UsesTree ? NeighborEngine.Tree : NeighborEngine.BruteForce;

    /// <summary>The number of subsets of reference rows that scores are averaged over; 1 where all rows are referred to.</summary>
    public int SubsetCount => _fitted.Sets.Length;

    /// <summary>The score of each training row among the others: a reference row is not its own neighbor. Empty where no score was asked for, see
    /// <see cref="NeighborTrainer{TDetector}.SampleSize"/>.</summary>
    public ReadOnlySpan<float> TrainingScores => _fitted.TrainingScores;
}
