using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>Two halves of a set, with equal parts of its anomalies: one to tune on, one to measure on.</summary>
/// <param name="Tuning">The rows that a search may look at.</param>
/// <param name="Test">The rows that it may not.</param>
internal sealed record TunedHalves(FeatureMatrix Tuning, FeatureMatrix Test)
{
    /// <summary>Draws at most so many rows, and divides them.</summary>
    public static TunedHalves Draw(FeatureMatrix data, int maxRows, ulong seed)
    {
        var labels = data.Labels;
        var random = new CounterRandom(seed, 0);
        var drawn = new int[Math.Min(maxRows, data.RowCount)];
        random.SampleWithoutReplacement(data.RowCount, drawn);
        Array.Sort(drawn);
        for (int last = drawn.Length - 1; last > 0; last--)
        {
            int other = random.NextInt32(last + 1);
            (drawn[last], drawn[other]) = (drawn[other], drawn[last]);
        }

        // Anomalies first, then the others, in turn to either half.
        int[] ordered = [.. drawn.OrderByDescending(row => labels.Span[row])];
        return new TunedHalves(
            data.SelectRows(ordered.Where((_, i) => i % 2 == 0).Order().ToArray()), data.SelectRows(ordered.Where((_, i) => i % 2 == 1).Order().ToArray()));
    }

    /// <summary>Average precision on the half to measure on, of a fit on the half to tune on.</summary>
    public double Measure(IDetectorTrainer trainer, CancellationToken cancellationToken)
    {
        var detector = trainer.Fit(Tuning, new FitOptions { KeepProfile = false }, cancellationToken);
        return DetectionMetrics.AveragePrecision(Test.Labels.Span, detector.Score(Test, cancellationToken: cancellationToken));
    }
}
