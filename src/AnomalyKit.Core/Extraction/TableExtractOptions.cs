namespace AnomalyKit;

/// <summary>How rows are taken out of a table that is too long for memory.</summary>
public sealed class TableExtractOptions
{
    /// <summary>
    /// The rows that are sampled, uniformly over the whole table, for trainers that look at all rows (<see cref="IDetectorTrainer.DrawRows"/> is null): all rows of a table that has no more.
    /// At least 2; 1,000,000 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 2.</exception>
    public int SampleSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2);
            field = value;
        }
    } = 1_000_000;

    /// <summary>The rows that are read at once. At least 1; 65,536 by default. They do not change the result.</summary>
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

    /// <summary>Receives the number of rows gone through after each batch; null (the default) for no reports.</summary>
    public IProgress<long>? Progress { get; init; }
}
