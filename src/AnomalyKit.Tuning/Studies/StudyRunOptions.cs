namespace AnomalyKit;

/// <summary>How a study is run. Nothing here changes the trials' points or values.</summary>
public sealed record StudyRunOptions
{
    /// <summary>The trials that the study has at the end, those of other runs and other processes included.</summary>
    /// <value>
    /// From 1 to 1,000,000; the default is 40. All count: finished, pruned, failed and lost ones. A study that has so many runs none.
    /// </value>
    public int TrialCount { get; init => field = InRange(value, 1, 1_000_000, nameof(TrialCount)); } = 40;

    /// <summary>The trials that this call runs at the same time.</summary>
    /// <value>At least 1, or −1 (the default) for one per processor. More than a round has wait.</value>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxDegreeOfParallelism), value, "MaxDegreeOfParallelism must be at least 1, or -1 for one per processor.");
    } = -1;

    /// <summary>How long a trial belongs to a worker that is not heard of. A worker that lives is heard of three times in this time.</summary>
    /// <value>From 100 ms to 1 day; the default is a minute.</value>
    public TimeSpan Lease
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lease), value, "Lease must lie between 100 ms and 1 day.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>Hears of every trial of this call that ended, one at a time.</summary>
    /// <value>Null by default.</value>
    public IProgress<StudyProgress>? Progress { get; init; }

    private static int InRange(int value, int low, int high, string option) => value >= low && value <= high
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must lie between {low} and {high}.");
}
