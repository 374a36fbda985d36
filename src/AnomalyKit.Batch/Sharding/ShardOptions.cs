namespace AnomalyKit;

/// <summary>How a shard is worked on.</summary>
public sealed class ShardOptions
{
    /// <summary>What is kept beside the part for the merge, for example the name of the trainer and its options. Parts of other settings do not merge. None by default.</summary>
    public IReadOnlyDictionary<string, string> Settings
    {
        get;
        init => field = new SortedDictionary<string, string>((value ?? throw new ArgumentNullException(nameof(value))).ToDictionary(), StringComparer.Ordinal);
    } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a part that is there, complete and made from the same is left as it is. It is by default.</summary>
    public bool ReusesParts { get; init; } = true;

    /// <summary>Of a fit: the rows that are sampled of the whole table for trainers that look at all rows. At least 2; 1,000,000 by default.</summary>
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

    /// <summary>Of scores: what is written beside them, and threads. Row numbers are those of the whole table; <see cref="TableScoreOptions.Sketch"/> and <see cref="TableScoreOptions.FirstRow"/> are set here.</summary>
    public TableScoreOptions Score { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Of scores: the format of the files, CSV, Parquet, Arrow or JSON lines. Parquet by default.</summary>
    public TableFormat Format { get; init; } = TableFormat.Parquet;

    /// <summary>Receives what was done after each batch of the shard; null (the default) for no reports.</summary>
    public IProgress<TableProgress>? Progress { get; init; }
}
