using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How the rows of a table are scored, and what is written beside the scores. None of it changes the scores.</summary>
public sealed record TableScoreOptions
{
    /// <summary>Columns that are written beside the scores, in this order, after the ids that are not listed. None by default.</summary>
    public IReadOnlyList<string> KeptColumns { get; init => field = [.. value ?? throw new ArgumentNullException(nameof(value))]; } = [];

    /// <summary>Whether rows that are not anomalies are left out. By default they are not.</summary>
    public bool KeepsAnomaliesOnly { get; init; }

    /// <summary>How many rows are kept: those of the highest scores, the highest first, and of equal ones the first; null (the default) for all. At least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? TopCount
    {
        get;
        init
        {
            if (value is { } count)
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>Whether the number of each row in its source, from 0, is written first, as <see cref="TableDetector.RowColumn"/>. By default it is not.</summary>
    public bool KeepsRowNumbers { get; init; }

    /// <summary>
    /// The most reasons that are given for a row, as <see cref="TableDetector.ReasonsColumn"/>; 0 (the default) for no such column. Rows that are not anomalies have none, unless
    /// <see cref="TopCount"/> asked for them. A row costs as much as <see cref="TableDetector.Explain"/> without a search for changes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxReasons
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The rows that are read and scored at once. At least 1; 65,536 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchRows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1 << 16;

    /// <summary>The most threads used, or −1 (the default) for all processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or below −1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            ParallelBlocks.ResolveThreads(value);
            field = value;
        }
    } = -1;

    /// <summary>The number of the source's first row, for row numbers that are written and for errors: of a part of a longer table. At least 0, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long FirstRow
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Takes the scores of all rows, kept or not; null (the default) for none. From it a threshold follows: <see cref="TableDetector.WithScores(ThresholdRule, ScoreCalibration, ScoreSketch)"/>.</summary>
    public ScoreSketch? Sketch { get; init; }

    /// <summary>Receives what was done after each batch; null (the default) for no reports.</summary>
    public IProgress<TableProgress>? Progress { get; init; }

    /// <summary>Whether both ask for the same: lists by content, sketches and callbacks by reference.</summary>
    /// <param name="other">The other options.</param>
    /// <returns>Whether all properties are equal.</returns>
    public bool Equals(TableScoreOptions? other) => other is not null
        && KeptColumns.SequenceEqual(other.KeptColumns) && KeepsAnomaliesOnly == other.KeepsAnomaliesOnly && TopCount == other.TopCount && KeepsRowNumbers == other.KeepsRowNumbers
        && MaxReasons == other.MaxReasons && BatchRows == other.BatchRows && MaxDegreeOfParallelism == other.MaxDegreeOfParallelism && FirstRow == other.FirstRow
        && ReferenceEquals(Sketch, other.Sketch) && Equals(Progress, other.Progress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeptColumns.Count, KeepsAnomaliesOnly, TopCount, MaxReasons, BatchRows, FirstRow);
}
