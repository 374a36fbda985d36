namespace AnomalyKit.Quality;

/// <summary>Runs detectors over the sets of a folder. A set or a detector that fails is reported and does not end the run.</summary>
internal static class QualityRun
{
    /// <summary>What a run found.</summary>
    /// <param name="Results">The figures, those of an earlier run included.</param>
    /// <param name="Sets">The sets of the folder.</param>
    /// <param name="Detectors">The detectors that were asked for.</param>
    /// <param name="Failures">What failed, set by set.</param>
    public sealed record Outcome(
        QualityResults Results, IReadOnlyList<QualitySet> Sets, IReadOnlyList<string> Detectors, IReadOnlyList<string> Failures);

    /// <summary>Runs.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="progress">Hears of every set and detector.</param>
    /// <param name="cancellationToken">Stops; finished sets stay in the file.</param>
    /// <exception cref="QualityException">The options ask for what is not there.</exception>
    public static Outcome Run(QualityOptions options, IProgress<QualityProgress> progress, CancellationToken cancellationToken)
    {
        var detectors = QualityDetectors.Choose(options.Detectors);
        var sets = QualitySet.Find(options.Folder);
        if (options.Out is not null && Path.GetDirectoryName(Path.GetFullPath(options.Out)) is { } folder && !Directory.Exists(folder))
            throw new QualityException($"There is no folder '{folder}' to write to.");
        var results = options.Out is null || options.Force ? new QualityResults() : QualityResults.Load(options.Out);
        var failures = new List<string>();
        for (int i = 0; i < sets.Count; i++)
        {
            var set = sets[i];
            // Figures of another number of seeds would not compare with the rest: they are measured again.
            var missing = detectors.Where(detector => results.Find(set.Name, detector.Key)?.Seeds != options.Seeds).ToList();
            progress.Report(new QualityProgress(i, sets.Count, set.Name, missing.Count == 0 ? "kept" : "reading"));
            if (missing.Count == 0)
                continue;
            FeatureMatrix data;
            try
            {
                data = set.Load(cancellationToken);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                failures.Add($"{set.Name}: {exception.Message}");
                continue;
            }

            foreach (var (name, setup) in missing)
            {
                progress.Report(new QualityProgress(i, sets.Count, set.Name, name));
                try
                {
                    results.Set(set.Name, name, QualityMeasurement.Measure(data, setup, options.Seeds, cancellationToken));
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    failures.Add($"{set.Name}, {name}: {exception.Message}");
                }
            }

            if (options.Out is not null)
                results.Save(options.Out);
        }

        return new Outcome(results, sets, [.. detectors.Select(detector => detector.Key)], failures);
    }
}
