using System.Diagnostics;

namespace AnomalyKit.Quality;

/// <summary>Fits and scores a detector on the splits of one set.</summary>
internal static class QualityMeasurement
{
    /// <summary>The means over seeds 1 to <paramref name="seeds"/>.</summary>
    /// <exception cref="QualityException">No seed draws enough anomalies.</exception>
    public static QualityFigures Measure(FeatureMatrix data, QualityDetectors.Setup setup, int seeds, CancellationToken cancellationToken)
    {
        var found = new List<QualityFigures>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            if (QualitySplit.Draw(data.Labels.Span, seed) is { } split)
                found.Add(Once(data.SelectRows(split.Train), data.SelectRows(split.Test), setup(seed), cancellationToken));
        }

        if (found.Count == 0)
            throw new QualityException($"Fewer than {QualitySplit.MinimumAnomalies} anomalies are drawn with every seed.");
        return QualityFigures.Mean(found) with { Seeds = seeds };
    }

    private static QualityFigures Once(FeatureMatrix train, FeatureMatrix test, IDetectorTrainer trainer, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var detector = trainer.Fit(train, cancellationToken: cancellationToken);
        double fitSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        float[] scores = detector.Score(test, cancellationToken: cancellationToken);
        double scoreSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var labels = test.Labels.Span;
        return new QualityFigures(
            DetectionMetrics.RocAuc(labels, scores), DetectionMetrics.AveragePrecision(labels, scores), fitSeconds, scoreSeconds, 1);
    }
}
