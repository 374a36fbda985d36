using System.Diagnostics;

namespace AnomalyKit.Quality;

/// <summary>What is measured of a set: figures by name.</summary>
internal static class TunedRuns
{
    /// <summary>The names of the parts, and what they measure of the halves of a set with a detector; null where a part is not about single detectors.</summary>
    public static IReadOnlyDictionary<string, Func<TunedHalves, TunedOptions, string, CancellationToken, Dictionary<string, double>>> All { get; } =
        new Dictionary<string, Func<TunedHalves, TunedOptions, string, CancellationToken, Dictionary<string, double>>>
        {
            ["labels"] = Labels,
            ["pruning"] = Pruning,
        };

    /// <summary>Tunes by labels, and measures on the other half.</summary>
    private static Dictionary<string, double> Labels(TunedHalves halves, TunedOptions options, string detector, CancellationToken cancellationToken)
    {
        var trainer = Trainer(options, detector);
        long start = Stopwatch.GetTimestamp();
        var found = options.Search(trainer).Run(halves.Tuning, cancellationToken: cancellationToken);
        var figures = new Dictionary<string, double>
        {
            ["default"] = halves.Measure(trainer, cancellationToken),
            ["tuned"] = halves.Measure(found.Trainer, cancellationToken),
            ["selected_on"] = found.BestValue,
            ["default_selected_on"] = found.Default.Value ?? double.NaN,
            ["seconds"] = Stopwatch.GetElapsedTime(start).TotalSeconds,
            ["anomalies"] = halves.Tuning.Labels.Span.Count(true),
            ["failed"] = found.Trials.Count(trial => trial.State == TrialState.Failed),
        };
        if (found.Estimate is { } estimate)
            (figures["estimate"], figures["low"], figures["high"]) = (estimate.Value, estimate.Low, estimate.High);
        return figures;
    }

    /// <summary>Searches with pruning and without.</summary>
    private static Dictionary<string, double> Pruning(TunedHalves halves, TunedOptions options, string detector, CancellationToken cancellationToken)
    {
        var search = options.Search(Trainer(options, detector)) with { OuterFolds = 0 };
        var (full, fullSeconds) = Timed(search);
        var (pruned, prunedSeconds) = Timed(search with { Pruning = new SuccessiveHalving() });
        return new Dictionary<string, double>
        {
            ["full"] = full.BestValue,
            ["pruned"] = pruned.BestValue,
            ["full_test"] = halves.Measure(full.Trainer, cancellationToken),
            ["pruned_test"] = halves.Measure(pruned.Trainer, cancellationToken),
            ["full_seconds"] = fullSeconds,
            ["pruned_seconds"] = prunedSeconds,
        };

        (SearchResult Found, double Seconds) Timed(DetectorSearch timed)
        {
            // Of the processor: what else the machine does takes no part in it.
            var start = Environment.CpuUsage.TotalTime;
            var found = timed.Run(halves.Tuning, new SearchOptions { MaxDegreeOfParallelism = 1 }, cancellationToken);
            return (found, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }
    }

    /// <summary>Compares all detectors without labels, and measures what each criterion prefers, and each detector, on the other half.</summary>
    public static Dictionary<string, double> Unlabeled(TunedHalves halves, TunedOptions options, CancellationToken cancellationToken)
    {
        EnsembleMember[] candidates = [.. options.Detectors.Select(detector => new EnsembleMember(detector.Key, detector.Value(options.Seed)))];
        var compared = new UnlabeledSelection(candidates) { Seed = (ulong)options.Seed, SampleSize = Math.Max(50, options.Rows) }
            .Run(halves.Tuning, cancellationToken: cancellationToken);
        var reached = candidates.ToDictionary(candidate => candidate.Name, candidate => halves.Measure(candidate.Trainer, cancellationToken));
        var figures = reached.ToDictionary(pair => $"detector {pair.Key}", pair => pair.Value);
        foreach (var criterion in compared.Criteria)
            figures[$"by {criterion.Name}"] = reached[compared.PreferredBy(criterion.Name).Name];
        figures["by mean rank"] = reached[compared.Candidates.MinBy(candidate => candidate.MeanRank)!.Name];
        figures["agreement"] = compared.MeanAgreement;
        return figures;
    }

    private static IDetectorTrainer Trainer(TunedOptions options, string detector) => options.Detectors.Single(known => known.Key == detector).Value(options.Seed);
}
