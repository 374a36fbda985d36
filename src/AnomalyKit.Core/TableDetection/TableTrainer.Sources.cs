using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>Fits on sources of any length in one process.</content>
public sealed partial record TableTrainer
{
    private const int BatchRows = 1 << 16;

    // 512 MiB of scores; a quantile takes a copy of them.
    private const int MaxExactScores = 1 << 27;

    /// <summary>Fits preparation and detector on a source that can be read several times, in memory that does not grow with it, and finds threshold and calibration in the scores of all rows.</summary>
    /// <param name="open">Opens the source at its first row; called up to three times: to count the rows if the reader does not say how many there are, to take rows out, and to score all of them.</param>
    /// <param name="totalRowCount">The rows of the source; null to ask the reader, or to count.</param>
    /// <param name="extractOptions">How many rows are sampled for trainers that look at all.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>
    /// What <see cref="FitExtract"/> gives. For a trainer that names the rows it looks at (an isolation forest), threshold and calibration follow from the scores of all rows, as in memory: to the bit up to
    /// 134,217,728 rows, which takes 4 to 8 bytes per row; beyond within <see cref="ScoreSketch.RelativeError"/>. For others they are those of the fit on the sample.
    /// </returns>
    /// <exception cref="TableDataException">The source cannot be used or changed between two readings; the message says why.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other; the message says why and what to do.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableDetector FitSource(
        Func<TableReader> open, long? totalRowCount = null, TableExtractOptions? extractOptions = null, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        extractOptions ??= new TableExtractOptions();
        var context = new FitContext(options, cancellationToken);
        long total = totalRowCount ?? Count(open, cancellationToken);
        var rule = Trainer.Threshold;
        var calibration = Trainer.Calibration ?? ScoreCalibration.None;
        // Scores of more rows are counted in a sketch, which only some rules and calibrations can use: that is told before hours of reading.
        bool isSketched = total > MaxExactScores && total > ScoreProfile.MaxSampleSize && Trainer.DrawRows(total) is not null;
        if (isSketched && rule is not null && ((rule.NeedsScores && !rule.AcceptsWeights) || (calibration.NeedsScores && !calibration.AcceptsWeights)))
        {
            throw new ArgumentException(
                $"The table has {total} rows. For more than {MaxExactScores}, threshold and calibration are found from a sketch of the scores, which {(rule.NeedsScores && !rule.AcceptsWeights ? $"the threshold rule '{rule}'" : $"the calibration '{calibration}'")} cannot use. Choose another one, for example {nameof(ThresholdRule)}.{nameof(ThresholdRule.Contamination)} and {nameof(ScoreCalibration)}.{nameof(ScoreCalibration.Rank)}.");
        }

        var quiet = new FitOptions { MaxDegreeOfParallelism = context.Threads, KeepProfile = context.KeepProfile };
        var detector = FitExtract(ExtractAll(open, total, extractOptions, context.Part(0, 0.45)), quiet, cancellationToken);
        bool isSampled = total > ScoreProfile.MaxSampleSize && Trainer.DrawRows(total) is not null;
        if (isSampled && rule is not null && (rule.NeedsScores || calibration.NeedsScores))
        {
            var part = context.Part(0.5, 0.99);
            detector = total <= MaxExactScores
                ? detector.WithScores(rule, calibration, ScoreAll(detector, open, (int)total, part))
                : detector.WithScores(rule, calibration, SketchAll(detector, open, total, part));
        }

        context.Complete();
        return detector;
    }

    private static long Count(Func<TableReader> open, CancellationToken cancellationToken)
    {
        using var reader = open();
        if (reader.TotalRowCount is { } total)
            return total;
        while (reader.ReadBatch(BatchRows, cancellationToken) is not null)
        {
        }

        return reader.RowCount;
    }

    private TableExtract ExtractAll(Func<TableReader> open, long total, TableExtractOptions options, FitContext context)
    {
        using var reader = open();
        var told = new TableExtractOptions
        {
            SampleSize = options.SampleSize,
            BatchRows = options.BatchRows,
            Progress = new ToldRows(rows =>
            {
                options.Progress?.Report(rows);
                context.Report("reading rows", (double)rows / total);
            }),
        };
        var extract = Extract(reader, total, 0, told, context.CancellationToken);
        ThrowIfFewer(extract.EndRow, total);
        return extract;
    }

    private static float[] ScoreAll(TableDetector detector, Func<TableReader> open, int total, FitContext context)
    {
        var scores = new float[total];
        EachBatch(open, total, context, (batch, first) => detector._scoring.Run(batch, scores.AsSpan((int)first, batch.RowCount), first, context.Threads, context.CancellationToken));
        return scores;
    }

    private static ScoreSketch SketchAll(TableDetector detector, Func<TableReader> open, long total, FitContext context)
    {
        var sketch = new ScoreSketch();
        float[] scores = [];
        EachBatch(open, total, context, (batch, first) =>
        {
            if (scores.Length < batch.RowCount)
                scores = new float[batch.RowCount];
            var batchScores = scores.AsSpan(0, batch.RowCount);
            detector._scoring.Run(batch, batchScores, first, context.Threads, context.CancellationToken);
            sketch.Add(batchScores);
        });
        return sketch;
    }

    private static void EachBatch(Func<TableReader> open, long total, FitContext context, Action<FeatureTable, long> use)
    {
        using var reader = open();
        long rows = 0;
        while (reader.ReadBatch(BatchRows, context.CancellationToken) is { } batch)
        {
            if (batch.RowCount > total - rows)
                ThrowIfFewer(rows + batch.RowCount, total);
            use(batch, rows);
            rows += batch.RowCount;
            context.Report("scoring rows", (double)rows / total);
        }

        ThrowIfFewer(rows, total);
    }

    private static void ThrowIfFewer(long rows, long total)
    {
        if (rows != total)
            throw new TableDataException($"There are {rows} rows where there were {total} before. The source changed while it was read: wait until it is complete, and fit again.");
    }

    private sealed class ToldRows(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
