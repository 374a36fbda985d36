using AnomalyKit.Batch.Sharding;
using AnomalyKit.Files;

namespace AnomalyKit;

/// <summary>Scores a table in shards: each machine writes the scores of its part, and whoever merges puts them into one file, and finds the threshold in all of them.</summary>
/// <remarks>A shard may be run twice, also at the same time: the files are the same, and appear whole or not at all.</remarks>
public static class ShardedScoring
{
    // 512 MiB of scores; a quantile takes a copy of them.
    private const int MaxExactScores = 1 << 27;

    /// <summary>Scores one shard, and writes the scores and their sketch as a part.</summary>
    /// <param name="detector">The detector, the same for all shards.</param>
    /// <param name="plan">The plan, the same for all shards.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="folder">The folder of the parts, which all machines see; it is made if it is not there.</param>
    /// <param name="options">What is written beside the scores, the format, settings to keep for the merge, and progress.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left of the part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The shard is none of the plan's, or there is no such column to keep.</exception>
    /// <exception cref="ShardException">A file is not what it was when its rows were counted.</exception>
    /// <exception cref="TableDataException">A column is missing, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ShardPart Run(TableDetector detector, ShardPlan plan, Shard shard, string folder, ShardOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ShardOptions();
        plan.ThrowIfForeign(shard);
        string model = PartKey.OfModel(detector);
        string key = KeyOf(model, plan, shard, options);
        if (options.ReusesParts && PartFolder.Find(folder, ShardPartKind.Score, shard, key, cancellationToken) is { } done)
            return done;
        Directory.CreateDirectory(folder);
        string name = Path.Combine(folder, PartManifest.NameOf(ShardPartKind.Score, shard));
        string path = name + ScoreFiles.EndingOf(options.Format);
        var sketch = new ScoreSketch();
        TableProgress scored;
        using (var reader = plan.Open(shard, ScoreFiles.LayoutOf(detector, plan, options.Score.KeptColumns), cancellationToken))
        using (var writer = TableFiles.Create(path, options.Format))
            scored = detector.Score(reader, writer, ScoreFiles.OptionsOf(options, shard.RowsOf(plan.RowCount).FirstRow, sketch), cancellationToken);
        using (var file = new FileBeside(name + ".sketch"))
        {
            sketch.Save(file.Stream);
            file.Place();
        }

        var part = new ShardPart
        {
            Kind = ShardPartKind.Score,
            Shard = shard,
            ManifestPath = PartFolder.ManifestOf(folder, ShardPartKind.Score, shard),
            File = PartFolder.Describe(path, cancellationToken),
            Sketch = PartFolder.Describe(name + ".sketch", cancellationToken),
            TotalRowCount = plan.RowCount,
            PlanKey = plan.Key,
            Key = key,
            ModelHash = model,
            AnomalyCount = scored.AnomalyCount,
            HasAllRows = !options.Score.KeepsAnomaliesOnly && options.Score.TopCount is null,
            TopCount = options.Score.TopCount,
            Settings = options.Settings,
        };
        PartManifest.Write(part);
        return part;
    }

    /// <summary>The scores of all shards as one sketch.</summary>
    /// <param name="parts">All parts.</param>
    /// <returns>The sketch: the same however many shards there were.</returns>
    /// <exception cref="ArgumentException">The parts are no scores.</exception>
    /// <exception cref="Persistence.ModelFormatException">A sketch is damaged.</exception>
    /// <exception cref="IOException">A part cannot be read.</exception>
    public static ScoreSketch Sketch(ShardParts parts)
    {
        ThrowIfNoScores(parts);
        return ScoreSketch.Merge(parts.Parts.Select(part =>
        {
            using var stream = File.OpenRead(PartFiles.PathOf(part, part.Sketch!));
            return ScoreSketch.Load(stream);
        }));
    }

    /// <summary>The detector with threshold and calibration found in the scores of all shards.</summary>
    /// <param name="detector">The detector that scored the shards.</param>
    /// <param name="parts">All parts.</param>
    /// <param name="rule">Finds the threshold.</param>
    /// <param name="calibration">The recipe of the calibration; <see cref="ScoreCalibration.None"/> where null.</param>
    /// <param name="isExact">
    /// Whether the scores are read from the parts and looked at one by one, which gives the threshold of a single process to the bit: up to 134,217,728 rows, 8 bytes each. Otherwise their sketches
    /// give it within <see cref="ScoreSketch.RelativeError"/>.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A new detector.</returns>
    /// <exception cref="ArgumentException">
    /// The parts are no scores, or scores of another detector; the rule finds no threshold; or exact scores are wanted and there are too many rows, or the parts do not have all of them.
    /// </exception>
    /// <exception cref="IOException">A part cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableDetector WithThreshold(
        TableDetector detector, ShardParts parts, ThresholdRule rule, ScoreCalibration? calibration = null, bool isExact = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ThrowIfNoScores(parts);
        if (parts.Parts[0].ModelHash != PartKey.OfModel(detector))
            throw new ArgumentException($"The parts were scored by another detector ({parts.Parts[0].ModelHash![..12]}) than this one ({PartKey.OfModel(detector)[..12]}). Give the model that scored them.", nameof(detector));
        calibration ??= ScoreCalibration.None;
        if (!isExact)
            return detector.WithScores(rule, calibration, Sketch(parts));
        if (!parts.Parts[0].HasAllRows || parts.TotalRowCount > MaxExactScores)
        {
            throw new ArgumentException(
                $"An exact threshold needs the scores of all rows, at most {MaxExactScores}; {(parts.Parts[0].HasAllRows ? $"there are {parts.TotalRowCount}" : "the parts have only some of them")}. Take the threshold from the sketches.",
                nameof(isExact));
        }

        return detector.WithScores(rule, calibration, ScoreFiles.ReadScores(parts, cancellationToken));
    }

    /// <summary>Puts the scores of all shards into one file, in the order of the table (or by score, where only the highest were kept).</summary>
    /// <param name="parts">All parts.</param>
    /// <param name="path">The file; its ending says the format. It appears whole or not at all.</param>
    /// <param name="decideBy">A detector whose threshold and calibration decide again, for example that of <see cref="WithThreshold"/>; null to leave labels and p-values as they are.</param>
    /// <param name="progress">Receives what was written after each batch; null for no reports.</param>
    /// <param name="cancellationToken">Stops the work; no file is left.</param>
    /// <returns>The rows written, and the anomalies among all rows.</returns>
    /// <exception cref="ArgumentException">The parts are not scores, the file ending is unknown, or labels are to be decided again although the parts have only some of the rows.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableProgress Merge(
        ShardParts parts, string path, TableDetector? decideBy = null, IProgress<TableProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNoScores(parts);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (decideBy is not null && parts.Parts[0] is { HasAllRows: false, TopCount: null })
            throw new ArgumentException("The parts hold only the anomalies of the threshold that they were scored with, so no other threshold can be applied. Score the shards again with the final model, or keep all rows.", nameof(decideBy));
        return ScoreJoin.Run(parts, path, decideBy, progress, cancellationToken);
    }

    private static void ThrowIfNoScores(ShardParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Kind != ShardPartKind.Score)
            throw new ArgumentException($"The parts are {parts}; parts of scores were expected. Use ShardedFit.Merge for parts of a fit.", nameof(parts));
    }

    private static string KeyOf(string model, ShardPlan plan, Shard shard, ShardOptions options)
    {
        var score = options.Score;
        return PartKey.Of(
        [
            "score 1", plan.Key, $"{shard}", model, $"{options.Format}", $"{score.KeepsAnomaliesOnly} {score.KeepsRowNumbers} {score.MaxReasons} {score.TopCount}", $"{score.KeptColumns.Count}",
            .. score.KeptColumns, .. options.Settings.SelectMany(setting => new[] { setting.Key, setting.Value }),
        ]);
    }
}
