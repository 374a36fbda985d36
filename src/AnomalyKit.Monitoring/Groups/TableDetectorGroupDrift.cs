using AnomalyKit.Monitoring.Groups;

namespace AnomalyKit;

/// <summary>Compares groups of rows of today with the same groups of rows of before.</summary>
public static class TableDetectorGroupDrift
{
    /// <summary>Reads and scores two tables, and compares each group of rows with the same group of the reference.</summary>
    /// <param name="detector">A detector with a profile, which says which columns there are. It knows no groups of its training rows: these must be given as <paramref name="reference"/>.</param>
    /// <param name="reference">Rows of before, opened with <see cref="TableDetector.Layout"/> and the column of the groups; they are read to their end.</param>
    /// <param name="current">The rows of now, opened in the same way; they are read to their end.</param>
    /// <param name="columnName">The column whose values make the groups: at most 256 of them. The detector need not know it.</param>
    /// <param name="options">Levels and effects, and columns to ignore; null for the defaults. The level holds for all groups together.</param>
    /// <param name="scoring">Threads, the size of batches and progress; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What moved in each group.</returns>
    /// <remarks>
    /// Where the reference are the training rows, their scores may be lower than those of new rows although nothing has moved, above all with detectors on nearest neighbors, which find each training row itself. Go by the columns
    /// then, or take rows that the detector was not fitted on.
    /// </remarks>
    /// <exception cref="ArgumentException">A table has no such column, or more than 256 groups; a column to ignore is none of the profile; no row was read.</exception>
    /// <exception cref="InvalidOperationException">The detector keeps no profile (<see cref="FitOptions.KeepProfile"/>), or a reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GroupedDrift CompareDriftByGroup(
        this TableDetector detector, TableReader reference, TableReader current, string columnName, DriftOptions? options = null, TableScoreOptions? scoring = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentException.ThrowIfNullOrEmpty(columnName);
        var profile = detector.Profile ?? throw new InvalidOperationException("The detector has no profile of its training rows, which says what is compared. Fit it again with FitOptions.KeepProfile.");
        options ??= new DriftOptions();
        var before = new GroupWindows(profile, detector.Threshold, columnName, options.IgnoredColumns, seed: 1);
        var now = new GroupWindows(profile, detector.Threshold, columnName, options.IgnoredColumns, seed: 2);
        Gather(reference, before);
        Gather(current, now);
        return GroupedDrift.Of(columnName, before, now, options);

        void Gather(TableReader reader, GroupWindows windows)
        {
            foreach (var batch in detector.ScoreBatches(reader, scoring, cancellationToken))
                windows.Add(batch.Table, batch.Scores.Span);
        }
    }
}
