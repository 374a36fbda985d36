using AnomalyKit.Batch.Sharding;

namespace AnomalyKit;

/// <summary>What all shards of a table must agree on: the files with their rows, the columns, and how many shards there are.</summary>
/// <remarks>
/// <code>
/// var plan = ShardPlan.Create(TableFiles.Find("payments/"), shardCount: 12);
/// plan.Save("plan.json");                                                     // optional: every machine that sees the files makes the same plan
/// using var reader = plan.Open(Shard.Parse("env", plan.ShardCount));
/// </code>
/// Rows of Parquet are counted by the footers. Arrow is read, and CSV is gone through as often as its columns leave open what they hold: save the plan of such files once, and let the shards load it.
/// Immutable and thread-safe.
/// </remarks>
public sealed class ShardPlan
{
    private readonly TableReadOptions _options;

    internal ShardPlan(int shardCount, TableSchema schema, IReadOnlyList<ShardFile> files, TableReadOptions options)
    {
        ShardCount = shardCount;
        Schema = schema;
        Files = files;
        RowCount = files.Sum(file => file.RowCount);
        _options = options;
        Reading = ReadingKey.Of(options, files);
        Key = PlanFormat.KeyOf(this);
    }

    /// <summary>How many shards there are.</summary>
    public int ShardCount { get; }

    /// <summary>The columns that are read.</summary>
    public TableSchema Schema { get; }

    /// <summary>The files, in the order of their rows.</summary>
    public IReadOnlyList<ShardFile> Files { get; }

    /// <summary>The rows of all files.</summary>
    public long RowCount { get; }

    /// <summary>Tells plans apart: the SHA-256 of files, rows, fingerprints, columns, how the files are read, and the number of shards, in hexadecimal digits.</summary>
    public string Key { get; }

    /// <summary>Tells options of reading apart that give other cells.</summary>
    internal string Reading { get; }

    /// <summary>Counts the rows of files and divides them.</summary>
    /// <param name="files">The files; not standard input.</param>
    /// <param name="shardCount">How many shards there are to be, from 1 to 1,000,000.</param>
    /// <param name="layout">Which columns are read, as what; all by default. For scoring that of the detector (<see cref="TableDetector.Layout"/>), with the columns to keep.</param>
    /// <param name="options">How files are read. CSV must be read whole: bad rows cannot be skipped, nor rows limited, because row numbers would shift.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">Standard input or JSON lines are among the files, or the options do not suit.</exception>
    /// <exception cref="TableDataException">A file is damaged, has no such column, or holds something else than another file; it is named.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ShardPlan Create(TableFiles files, int shardCount, TableLayout? layout = null, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        _ = new Shard(1, shardCount);
        options ??= new TableReadOptions();
        PlanMaking.ThrowIfUnsuited(files, options);
        var schema = PlanMaking.SchemaOf(files, layout, options, cancellationToken);
        return new ShardPlan(shardCount, schema, PlanMaking.Count(files, schema, options, cancellationToken), options);
    }

    /// <summary>Loads a plan.</summary>
    /// <param name="path">The file that <see cref="Save"/> made.</param>
    /// <param name="options">How files are read: the options that the plan was made with.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ShardException">The file is not a plan, was changed, or was made with other options of reading files.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ShardPlan Load(string path, TableReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PlanFormat.Read(path, options ?? new TableReadOptions());
    }

    /// <summary>Saves the plan as JSON; the file appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => PlanFormat.Write(this, path);

    /// <summary>Opens the rows of all shards.</summary>
    /// <param name="layout">Which columns are read, as what; by default those of <see cref="Schema"/>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>A reader that stands before the first row.</returns>
    /// <exception cref="ShardException">A file is not what it was when its rows were counted; it is named.</exception>
    /// <exception cref="TableDataException">A file is damaged, or has no such column.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public TableReader Open(TableLayout? layout = null, CancellationToken cancellationToken = default) => Open(0, RowCount, layout, cancellationToken);

    /// <summary>Opens the rows of a shard: only the files that hold some of them, and of Parquet only the row groups.</summary>
    /// <param name="shard">One of <see cref="ShardCount"/> shards.</param>
    /// <param name="layout">Which columns are read, as what; by default those of <see cref="Schema"/>.</param>
    /// <param name="cancellationToken">Stops the opening, in which rows before those of the shard are passed over.</param>
    /// <returns>A reader that stands before the first row of the shard. It gives exactly its rows, or fails.</returns>
    /// <exception cref="ArgumentException">The shard is one of another number of shards.</exception>
    /// <exception cref="ShardException">A file is not what it was when its rows were counted; it is named.</exception>
    /// <exception cref="TableDataException">A file is damaged, or has no such column.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public TableReader Open(Shard shard, TableLayout? layout = null, CancellationToken cancellationToken = default)
    {
        ThrowIfForeign(shard);
        var (first, end) = shard.RowsOf(RowCount);
        return Open(first, end, layout, cancellationToken);
    }

    /// <summary>Refuses files and columns that are not those of the plan: work on other ones would be thrown away in silence.</summary>
    /// <param name="files">The files that are meant.</param>
    /// <param name="layout">The columns that are meant; what it leaves open is not looked at.</param>
    /// <exception cref="ShardException">Files or columns are others; the message names one.</exception>
    public void ThrowIfOther(TableFiles files, TableLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var planned = Files.Select(file => Path.GetFullPath(file.File.Path)).ToHashSet(StringComparer.Ordinal);
        var meant = files.Files.Select(file => Path.GetFullPath(file.Path)).ToHashSet(StringComparer.Ordinal);
        if (meant.FirstOrDefault(path => !planned.Contains(path)) is { } added)
            throw new ShardException($"The plan does not have the file '{added}'. Make another plan for these files, or name those of the plan.");
        if (planned.FirstOrDefault(path => !meant.Contains(path)) is { } absent)
            throw new ShardException($"The plan has the file '{absent}', which is not among the data. Make another plan for these files, or name those of the plan.");
        if (layout is not null && PlanMaking.OtherColumn(Schema, layout) is { } column)
            throw new ShardException($"The plan was made with other columns: '{column}' is not what it is here. Make another plan, or give the options that it was made with.");
    }

    /// <summary>Rows, files and shards.</summary>
    /// <returns>For example <c>12 shards of 40000000 rows in 24 files</c>.</returns>
    public override string ToString() => $"{ShardCount} shards of {RowCount} rows in {Files.Count} files";

    internal void ThrowIfForeign(Shard shard)
    {
        if (shard.Count != ShardCount)
            throw new ArgumentException($"Shard {shard} is one of {shard.Count} shards; the plan has {ShardCount}.", nameof(shard));
    }

    private RangeReader Open(long first, long end, TableLayout? layout, CancellationToken cancellationToken)
    {
        var (wanted, skip) = FilesOf(first, end);
        foreach (var file in wanted)
            FileFingerprint.ThrowIfChanged(file);
        bool isPartitioned = _options.ReadPartitions && Files.Any(file => file.File.Format == TableFormat.Parquet && Path.GetDirectoryName(file.File.Path)!.Contains('=', StringComparison.Ordinal));
        // What the names of folders hold, numbers or words, all of them decide together.
        return isPartitioned
            ? RangeReader.Open(new TableFiles([.. Files.Select(file => file.File)]), layout ?? TableLayout.Of(Schema), _options, first, end - first, cancellationToken)
            : RangeReader.Open(new TableFiles([.. wanted.Select(file => file.File)]), layout ?? TableLayout.Of(Schema), _options, skip, end - first, cancellationToken);
    }

    /// <summary>The files that hold rows of a run, and how many rows to pass over in them.</summary>
    private (List<ShardFile> Files, long Skip) FilesOf(long first, long end)
    {
        // An empty run reads the columns of the first file.
        if (first == end)
            return ([Files[0]], 0);
        var wanted = new List<ShardFile>();
        long skip = 0;
        long start = 0;
        foreach (var file in Files)
        {
            long next = start + file.RowCount;
            if (next > first && start < end)
            {
                skip = wanted.Count == 0 ? first - start : skip;
                wanted.Add(file);
            }

            start = next;
        }

        return (wanted, skip);
    }
}
