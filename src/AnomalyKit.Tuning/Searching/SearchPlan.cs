using AnomalyKit.Numerics;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>What all passes of a search share.</summary>
/// <param name="Search">The options of the search.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Start">The unchanged trainer.</param>
/// <param name="Options">How it runs.</param>
/// <param name="Space">The options to search.</param>
/// <param name="Pruning">How trials end early, here and in the outer folds; null for not at all.</param>
/// <param name="Gate">The memory that fits share.</param>
/// <param name="Threads">The most threads used.</param>
/// <param name="Token">Stops the search.</param>
internal sealed record SearchPlan(DetectorSearch Search, SearchRows Rows, Setting Start, SearchOptions Options, SearchSpace Space, SuccessiveHalving? Pruning, MemoryGate Gate, int Threads, CancellationToken Token)
{
    /// <summary>Fits settings on folds.</summary>
    public FoldFitting FittingOn(IReadOnlyList<ValidationFold> folds) => new(Rows, [.. folds.Select(fold => (fold.Training, fold.HeldOut))], Search.Seed, Gate);

    /// <summary>Takes the metric on the held-out rows of every fold.</summary>
    /// <exception cref="ArgumentException">A value is not a number.</exception>
    public double[] Measure(FoldScores[] scores)
    {
        var values = new double[scores.Length];
        for (int fold = 0; fold < values.Length; fold++)
        {
            values[fold] = Search.Metric.Measure(scores[fold].Labels, scores[fold].Scores);
            if (!double.IsFinite(values[fold]))
                throw new ArgumentException(FormattableString.Invariant($"The metric {Search.Metric} is {values[fold]} on fold {fold}; a setting can be judged only by a number."));
        }

        return values;
    }

    /// <summary>Takes the metric on scores that are all the same, so that one that cannot be taken is found before anything runs.</summary>
    /// <exception cref="ArgumentException">The metric refuses the labels of a fold.</exception>
    public void CheckMetric(IReadOnlyList<ValidationFold> folds)
    {
        for (int fold = 0; fold < folds.Count; fold++)
        {
            bool[] labels = [.. folds[fold].HeldOut.Select(row => Rows.Labels.IsAnomaly[row])];
            Check(labels, $"the {labels.Length} held-out rows of fold {fold}");
            if (Pruning is not { } pruning)
                continue;
            int anomalies = labels.AsSpan().Count(true);
            bool[] first = [.. Enumerable.Repeat(true, anomalies), .. Enumerable.Repeat(false, FoldFitting.PartOf(labels.Length - anomalies, pruning.Fractions[0]))];
            Check(first, $"the {first.Length} held-out rows of fold {fold} that the first rung of the pruning scores");
        }
    }

    private void Check(bool[] labels, string rows)
    {
        try
        {
            Search.Metric.Measure(labels, new float[labels.Length]);
        }
        catch (ArgumentException problem)
        {
            throw new ArgumentException($"The metric {Search.Metric} cannot be computed on {rows}: {problem.Message}", problem);
        }
    }
}
