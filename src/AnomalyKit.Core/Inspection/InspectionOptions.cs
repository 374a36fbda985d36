namespace AnomalyKit;

/// <summary>How much memory <see cref="TableInspection"/> may use, and how much it tells.</summary>
public sealed record InspectionOptions
{
    /// <summary>Up to how many different values of a column are counted one by one. With more, their number is estimated, and counts of frequent values are lower bounds.</summary>
    /// <value>From 64 to 1,048,576; the default is 8,192. A column takes at most about 100 bytes per value, and words up to 100 characters more.</value>
    public int MaxDistinctValues { get; init => field = InRange(value, 64, nameof(MaxDistinctValues)); } = 8192;

    /// <summary>Up to how many different rows are compared to find rows that occur more than once. With more, a sample of so many stands for all.</summary>
    /// <value>From 64 to 1,048,576, the default: about 40 MB.</value>
    public int MaxDistinctRows { get; init => field = InRange(value, 64, nameof(MaxDistinctRows)); } = 1 << 20;

    /// <summary>How many of the most frequent values of a column are listed.</summary>
    /// <value>From 0 to 1,000; the default is 5.</value>
    public int MaxFrequentValues
    {
        get;
        init => field = value is >= 0 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxFrequentValues), value, "MaxFrequentValues must lie between 0 and 1000.");
    } = 5;

    /// <summary>How many columns of numbers are compared with each other to find those that move together: the first ones of the table. The cost grows with the square of it.</summary>
    /// <value>From 0, for none, to 1,024; the default is 256, which takes about a tenth of a second and 8 MB, and up to as long again to tell curves from lines where columns move together.</value>
    public int MaxCorrelatedColumns
    {
        get;
        init => field = value is >= 0 and <= 1024 ? value : throw new ArgumentOutOfRangeException(nameof(MaxCorrelatedColumns), value, "MaxCorrelatedColumns must lie between 0 and 1024.");
    } = 256;

    /// <summary>The most threads; columns are looked at side by side. Results do not depend on it.</summary>
    /// <value>At least 1, or −1 (the default) for all processors.</value>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxDegreeOfParallelism), value, "MaxDegreeOfParallelism must be at least 1, or -1 for all processors.");
    } = -1;

    private static int InRange(int value, int least, string option) => value >= least && value <= 1 << 20
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must lie between {least} and {1 << 20}.");
}
