using System.Buffers;
using AnomalyKit.LocalOutlierFactor;

namespace AnomalyKit;

/// <summary>A fitted detector whose score is made of a row's nearest reference rows.</summary>
/// <remarks>
/// <para>
/// <c>Score</c> and <c>IsAnomaly</c> treat every row as new. So <c>IsAnomaly(trainingData)</c> does not flag the training rows that the threshold was set for: each finds itself
/// among its neighbours, at distance 0, and scores lower. Call the trainer's <c>FitAndScore</c> instead, which scores each training row among the others; these scores are
/// <see cref="TrainingScores"/> too, and the threshold follows from them.
/// </para>
/// <para>Immutable and safe for any number of threads.</para>
/// </remarks>
public abstract class NeighborDetector : AnomalyDetector
{
    private readonly ReferenceSet[] _sets;
    private readonly float[] _trainingScores;

    private protected NeighborDetector(DetectorFrame frame, int neighbors, DistanceMetric metric, ReferenceSet[] sets, float[] trainingScores)
        : base(frame)
    {
        Neighbors = neighbors;
        Metric = metric;
        _sets = sets;
        _trainingScores = trainingScores;
    }

    /// <summary>The size of a neighbourhood, k.</summary>
    public int Neighbors { get; }

    /// <summary>How distances are measured.</summary>
    public DistanceMetric Metric { get; }

    /// <summary>The engine that neighbours are found with.</summary>
    public NeighborEngine Engine => _sets[0].Search.UsesTree ? NeighborEngine.Tree : NeighborEngine.BruteForce;

    /// <summary>The number of subsets of reference rows that scores are averaged over; 1 where all rows are referred to.</summary>
    public int SubsetCount => _sets.Length;

    /// <summary>The score of each training row among the others: a reference row is not its own neighbour. Empty where no score was asked for, see
    /// <see cref="NeighborTrainer{TDetector}.ReferenceRows"/>.</summary>
    public ReadOnlySpan<float> TrainingScores => _trainingScores;

    /// <inheritdoc/>
    protected override int BlockRows => NeighborScoring.BlockRows(_sets, Neighbors, base.BlockRows);

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        double[] sums = ArrayPool<double>.Shared.Rent(scores.Length);
        try
        {
            var working = sums.AsSpan(0, scores.Length);
            working.Clear();
            for (int set = 0; set < _sets.Length; set++)
                AddScores(set, rows, working);
            NeighborScoring.Average(working, _sets.Length, scores);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <summary>Adds each row's score against one of the reference sets to its sum.</summary>
    private protected abstract void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums);
}
