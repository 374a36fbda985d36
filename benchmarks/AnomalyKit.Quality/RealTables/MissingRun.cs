namespace AnomalyKit.Quality;

/// <summary>What the forest loses where cells are missing: taken as they are, and filled with medians. Fits and scores the splits of <see cref="QualitySplit"/>.</summary>
internal static class MissingRun
{
    /// <summary>The fractions of the cells that are removed.</summary>
    public static readonly IReadOnlyList<double> Fractions = [0.05, 0.2, 0.4];

    private const uint RemovalSeed = 1000;

    /// <summary>Mean ROC AUC on one set: complete, then native and median for each fraction.</summary>
    public static double[] Measure(FeatureMatrix data, int seeds, CancellationToken cancellationToken)
    {
        var sums = new double[1 + (2 * Fractions.Count)];
        int measured = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            if (QualitySplit.Draw(data.Labels.Span, seed) is not { } split)
                continue;
            var train = data.SelectRows(split.Train);
            var test = data.SelectRows(split.Test);
            measured++;
            sums[0] += RocAuc(train, test, seed, cancellationToken);
            for (int i = 0; i < Fractions.Count; i++)
            {
                var removal = new CellRemoval(RemovalSeed + (uint)seed, Fractions[i]);
                var trainLeft = removal.Remove(train);
                var testLeft = removal.Remove(test);
                sums[1 + (2 * i)] += RocAuc(trainLeft, testLeft, seed, cancellationToken);
                var fill = new MedianFill(trainLeft);
                sums[2 + (2 * i)] += RocAuc(fill.Fill(trainLeft), fill.Fill(testLeft), seed, cancellationToken);
            }
        }

        return measured > 0
            ? [.. sums.Select(sum => sum / measured)]
            : throw new QualityException($"Fewer than {QualitySplit.MinimumAnomalies} anomalies are drawn with every seed.");
    }

    private static double RocAuc(FeatureMatrix train, FeatureMatrix test, int seed, CancellationToken cancellationToken)
    {
        var forest = new IsolationForestTrainer { Seed = (ulong)seed, Threshold = ThresholdRule.Fixed(1) }.Fit(train, cancellationToken: cancellationToken);
        return DetectionMetrics.RocAuc(test.Labels.Span, forest.Score(test, cancellationToken: cancellationToken));
    }
}
