using System.Buffers;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Scores rows with a forest by whichever kernel suits their number and the trees' shapes. All kernels give the same bits.</summary>
internal sealed class ForestScorer
{
    private readonly double _factor;
    private readonly TreeWalker _all;

    public ForestScorer(IsolationForestModel model, ColumnScaling? folded)
    {
        float[] thresholds = model.Threshold;
        if (folded is not null)
        {
            thresholds = new float[thresholds.Length];
            for (int i = 0; i < thresholds.Length; i++)
                thresholds[i] = model.Feature[i] < 0 ? 0 : ThresholdFolding.Fold(folded, model.Feature[i], model.Threshold[i]);
        }

        // All rows in one leaf of every tree (constant data) and c(2) at the least: never zero.
        _factor = 1.0 / ((double)model.TreeCount * (1 << IsolationForestModel.FractionBits) * model.NormalPathLength);
        int[] everyTree = [.. Enumerable.Range(0, model.TreeCount)];
        _all = new TreeWalker(model, thresholds, everyTree);
    }

    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        double[] sums = ArrayPool<double>.Shared.Rent(scores.Length);
        var target = sums.AsSpan(0, scores.Length);
        target.Clear();
        _all.AddPathLengths(rows, target);
        PathLengthScore.FromSums(target, _factor, scores);
        ArrayPool<double>.Shared.Return(sums);
    }
}
