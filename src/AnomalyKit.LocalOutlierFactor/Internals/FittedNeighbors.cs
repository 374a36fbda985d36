using System.Buffers;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A model whose score is made of a row's nearest reference rows, behind its transform.</summary>
internal abstract class FittedNeighbors : DetectorModel
{
    protected FittedNeighbors(FeatureTransform transform, int neighbors, DistanceMetric metric, ReferenceSet[] sets, float[] trainingScores)
        : base(transform)
    {
        Neighbors = neighbors;
        Metric = metric;
        Sets = sets;
        TrainingScores = trainingScores;
    }

    public int Neighbors { get; }

    public DistanceMetric Metric { get; }

    public ReferenceSet[] Sets { get; }

    /// <summary>The scores that training rows have among the others; empty where none was asked for.</summary>
    public float[] TrainingScores { get; }

    public override int BlockRows => NeighborScoring.BlockRows(Sets, Neighbors, base.BlockRows);

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        double[] sums = ArrayPool<double>.Shared.Rent(scores.Length);
        try
        {
            var working = sums.AsSpan(0, scores.Length);
            working.Clear();
            for (int set = 0; set < Sets.Length; set++)
                AddScores(set, rows, working);
            NeighborScoring.Average(working, Sets.Length, scores);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <summary>Adds each row's score against one of the reference sets to its sum.</summary>
    protected abstract void AddScores(int set, ReadOnlySpan<float> rows, Span<double> sums);
}
