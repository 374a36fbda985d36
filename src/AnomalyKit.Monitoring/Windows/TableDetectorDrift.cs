namespace AnomalyKit;

/// <summary>Compares rows of today with those that a detector of tables was fitted on.</summary>
public static class TableDetectorDrift
{
    /// <summary>Reads and scores rows, and compares them with the profile of the training rows.</summary>
    /// <param name="detector">A detector with a profile.</param>
    /// <param name="reader">The rows, opened with <see cref="TableDetector.Layout"/>; they are read to their end.</param>
    /// <param name="options">Levels and effects, and columns to ignore; null for the defaults.</param>
    /// <param name="scoring">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What moved: columns, scores, the fraction of alerts.</returns>
    /// <exception cref="ArgumentException">A column to ignore is none of the profile; no row was read.</exception>
    /// <exception cref="InvalidOperationException">The detector keeps no profile (<see cref="FitOptions.KeepProfile"/>), or the reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DriftComparison CompareDrift(
        this TableDetector detector, TableReader reader, DriftOptions? options = null, TableScoreOptions? scoring = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(reader);
        var profile = detector.Profile ?? throw new InvalidOperationException("The detector has no profile of its training rows to compare with. Fit it again with FitOptions.KeepProfile.");
        var window = new DriftWindow(profile, detector.Threshold) { IgnoredColumns = options?.IgnoredColumns ?? [] };
        foreach (var batch in detector.ScoreBatches(reader, scoring, cancellationToken))
        {
            window.Add(batch.Table);
            window.AddScores(batch.Scores.Span);
        }

        return DriftComparison.Compare(profile, window, options);
    }
}
