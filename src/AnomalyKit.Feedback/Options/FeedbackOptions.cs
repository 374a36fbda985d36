namespace AnomalyKit;

/// <summary>How a session asks and learns. Fixed when the session starts, and kept in its file.</summary>
public sealed record FeedbackOptions
{
    /// <summary>
    /// The rows that questions are chosen from: half of them the highest scores of the base detector, half drawn at random from the other rows. A larger number finds more, and takes longer after each answer.
    /// </summary>
    /// <value>From 10 to 1,000,000; the default is 6,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int CandidateCount { get; init => field = InRange(value, 10, 1_000_000, nameof(CandidateCount)); } = 6_000;

    /// <summary>
    /// The fraction of rows that are expected to be anomalies. Null (the default) for the fraction of the session's rows that the base detector flags. Never taken from answers, which are about rows
    /// that were chosen for being strange.
    /// </summary>
    /// <value>Above 0, at most 0.5, or null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double? Contamination
    {
        get;
        init => field = value is null or (> 0 and <= 0.5)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Contamination), value, "Contamination must be above 0 and at most 0.5, or null for the fraction that the base detector flags.");
    }

    /// <summary>The steps that the solver may take for an update.</summary>
    /// <value>From 1 to 10,000; the default is 100. Fewer than ten are enough for most answers.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxIterations { get; init => field = InRange(value, 1, 10_000, nameof(MaxIterations)); } = 100;

    /// <summary>The seed of the candidates and of random questions.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    private static int InRange(int value, int minimum, int maximum, string option) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must lie between {minimum} and {maximum}.");
}
