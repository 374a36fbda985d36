using AnomalyKit.Batch.Sharding;

namespace AnomalyKit;

/// <summary>Fits a detector on a table in shards: each machine takes rows out of its part, and whoever merges fits the detector of the whole table.</summary>
/// <remarks>
/// <code>
/// var plan = ShardPlan.Create(TableFiles.Find("payments/"), shardCount: 12);
/// ShardedFit.Run(trainer, plan, Shard.Parse("env/12"), "parts");          // on each machine
/// var detector = ShardedFit.Merge(trainer, ShardParts.Find(["parts"]));   // once, when all are done
/// </code>
/// For an isolation forest the result is that of <see cref="TableTrainer.Fit"/> on the whole table, see <see cref="TableTrainer.FitExtract"/>; other detectors are fitted on a uniform sample of the rows.
/// Threshold and calibration are estimated from 32,768 rows: score the shards and use <see cref="ShardedScoring.WithThreshold"/> to find them in all rows.
/// A shard may be run twice, also at the same time: the files are the same, and appear whole or not at all.
/// </remarks>
public static class ShardedFit
{
    /// <summary>Takes the rows that the fit looks at out of one shard, and writes them as a part.</summary>
    /// <param name="trainer">The trainer, the same for all shards.</param>
    /// <param name="plan">The plan, the same for all shards.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="folder">The folder of the parts, which all machines see; it is made if it is not there.</param>
    /// <param name="options">The size of the sample, settings to keep for the merge, and progress.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left of the part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The shard is none of the plan's, or trainer and columns do not fit together.</exception>
    /// <exception cref="ShardException">A file is not what it was when its rows were counted.</exception>
    /// <exception cref="TableDataException">A cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ShardPart Run(TableTrainer trainer, ShardPlan plan, Shard shard, string folder, ShardOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ShardOptions();
        plan.ThrowIfForeign(shard);
        string key = KeyOf(trainer, plan, shard, options);
        if (options.ReusesParts && PartFolder.Find(folder, ShardPartKind.Fit, shard, key, cancellationToken) is { } done)
            return done;
        var (first, end) = shard.RowsOf(plan.RowCount);
        TableExtract extract;
        using (var reader = plan.Open(shard, cancellationToken: cancellationToken))
        {
            var progress = options.Progress is { } told ? new ToldRows(rows => told.Report(new TableProgress(rows, end - first, 0))) : null;
            extract = trainer.Extract(reader, plan.RowCount, first, new TableExtractOptions { SampleSize = options.SampleSize, Progress = progress }, cancellationToken);
        }

        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, PartManifest.NameOf(ShardPartKind.Fit, shard) + ".rows");
        extract.Save(path);
        var part = new ShardPart
        {
            Kind = ShardPartKind.Fit,
            Shard = shard,
            ManifestPath = PartFolder.ManifestOf(folder, ShardPartKind.Fit, shard),
            File = PartFolder.Describe(path, cancellationToken),
            TotalRowCount = plan.RowCount,
            PlanKey = plan.Key,
            Key = key,
            Settings = options.Settings,
        };
        PartManifest.Write(part);
        return part;
    }

    /// <summary>Fits the detector of the whole table from the parts of all shards.</summary>
    /// <param name="trainer">The trainer that the parts were made with.</param>
    /// <param name="parts">All parts.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The detector: the same however many shards there were.</returns>
    /// <exception cref="ArgumentException">The parts are not parts of a fit, or were made for a trainer with other options.</exception>
    /// <exception cref="Persistence.ModelFormatException">A part is damaged.</exception>
    /// <exception cref="TableDataException">The table cannot be used; the message names column, value and remedy.</exception>
    /// <exception cref="IOException">A part cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableDetector Merge(TableTrainer trainer, ShardParts parts, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Kind != ShardPartKind.Fit)
            throw new ArgumentException($"The parts are {parts}; a fit is merged from parts of a fit. Use ShardedScoring.Merge for scores.", nameof(parts));
        // Some at a time: what parts know of their first rows is dropped when they are put together.
        const int AtOnce = 32;
        TableExtract? merged = null;
        foreach (var some in parts.Parts.Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = some.Select(part => TableExtract.Load(PartFiles.PathOf(part, part.File)));
            merged = TableExtract.Merge(merged is null ? next : next.Prepend(merged));
        }

        return trainer.FitExtract(merged!, options, cancellationToken);
    }

    /// <summary>Fits a detector on files of any length in one process, without parts, and finds its threshold in the scores of all rows.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="plan">The files; how many shards they are divided into does not matter.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="sampleSize">The rows that are sampled of the whole table for trainers that look at all rows.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The detector: see <see cref="TableTrainer.FitSource"/>.</returns>
    /// <exception cref="ShardException">A file is not what it was when its rows were counted.</exception>
    /// <exception cref="ArgumentException">Trainer and columns do not fit together.</exception>
    /// <exception cref="TableDataException">A cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableDetector Fit(TableTrainer trainer, ShardPlan plan, FitOptions? options = null, int sampleSize = 1_000_000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(plan);
        return trainer.FitSource(() => plan.Open(cancellationToken: cancellationToken), plan.RowCount, new TableExtractOptions { SampleSize = sampleSize }, options, cancellationToken);
    }

    private static string KeyOf(TableTrainer trainer, ShardPlan plan, Shard shard, ShardOptions options)
    {
        // What the trainer does with the rows is the merge's affair; which rows it wants is not.
        var drawn = trainer.Trainer.DrawRows(plan.RowCount);
        string rows = drawn is null ? $"sample {options.SampleSize}" : PartKey.Of(drawn.Numbers.ToArray().Select(number => $"{number}"));
        return PartKey.Of(["fit 1", plan.Key, $"{shard}", rows, $"{options.SampleSize}", .. options.Settings.SelectMany(setting => new[] { setting.Key, setting.Value })]);
    }

    private sealed class ToldRows(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
