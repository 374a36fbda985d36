using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>The forest on categories: split by subsets of levels, and one-hot encoded. Unsupervised: fits and scores all rows, so that rare classes are not thinned by a split.</summary>
internal static class CategoryRun
{
    /// <summary>At most this fraction of the rows are anomalies; where a class has more, each seed draws its own.</summary>
    private const double AnomalyFraction = 0.1;

    /// <summary>Mean ROC AUC over the seeds: missing cells native (native, one-hot), then missing cells as a level (native) or as zeros (one-hot).</summary>
    public static double[] Measure(CategorySet set, int seeds, CancellationToken cancellationToken)
    {
        var sums = new double[4];
        for (int seed = 1; seed <= seeds; seed++)
        {
            int[] rows = Rows(set.Native.Labels.Span, (ulong)seed);
            FeatureMatrix[] forms = [set.Native, set.OneHotMissing, set.NativeLevel, set.OneHot];
            for (int i = 0; i < forms.Length; i++)
            {
                var data = forms[i].SelectRows(rows);
                var forest = new IsolationForestTrainer { Seed = (ulong)seed, Threshold = ThresholdRule.Fixed(1) }.Fit(data, cancellationToken: cancellationToken);
                sums[i] += DetectionMetrics.RocAuc(data.Labels.Span, forest.Score(data, cancellationToken: cancellationToken));
            }
        }

        return [.. sums.Select(sum => sum / seeds)];
    }

    private static int[] Rows(ReadOnlySpan<bool> labels, ulong seed)
    {
        var normals = new List<int>();
        var anomalies = new List<int>();
        for (int row = 0; row < labels.Length; row++)
            (labels[row] ? anomalies : normals).Add(row);
        int kept = Math.Min(anomalies.Count, (int)(normals.Count * AnomalyFraction / (1 - AnomalyFraction)));
        var drawn = new int[kept];
        var random = new CounterRandom(seed, stream: 0x6361746567);
        random.SampleWithoutReplacement(anomalies.Count, drawn);
        return [.. normals.Concat(drawn.Select(i => anomalies[i])).Order()];
    }
}
