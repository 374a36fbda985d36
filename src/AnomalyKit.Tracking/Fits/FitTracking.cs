using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using AnomalyKit.Fits;
using AnomalyKit.Hashing;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>Fits that tell a tracker of themselves: <c>trainer.FitTracked(table, tracker, "payments")</c>.</summary>
/// <remarks>
/// A run of a fit has the trainer's options as parameters (named as <see cref="TrainerOptions"/> names them); the metrics <c>fit_seconds</c>, <c>rows</c>, <c>columns</c>, <c>threshold</c> and
/// <c>alert_fraction</c>, and where there are labels <c>average_precision</c> and <c>roc_auc</c> of the training rows; the tags <c>detector</c>, <c>anomalykit_version</c> and <c>data_sha256</c>, a hash of
/// the names and values of all columns (or of the bytes of files); and the artifacts <c>model/detector.akm</c> and <c>data/schema.json</c>. A tracker that fails never fails the fit.
/// </remarks>
public static class FitTracking
{
    /// <summary>The path of the model file within a run.</summary>
    public const string ModelPath = "model/detector.akm";

    /// <summary>The path of the table's schema within a run.</summary>
    public const string SchemaPath = "data/schema.json";

    private static readonly string Version = typeof(FitTracking).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Fits preparation and detector, and tracks it.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="table">The training rows. A label is not looked at by the fit, but measured against.</param>
    /// <param name="tracker">Keeps the run.</param>
    /// <param name="start">The experiment, and the run's name, parent, parameters and tags besides those of the fit.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; the run ends as killed.</param>
    /// <returns>The fitted detector, and what could not be kept.</returns>
    /// <exception cref="TableDataException">The table cannot be used; the run ends as failed.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other; the run ends as failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrackedFit<TableDetector> FitTracked(
        this TableTrainer trainer, FeatureTable table, IRunTracker tracker, RunStart start, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(table);
        using var run = SafeRun.Start(tracker, start);
        return run.Around(() =>
        {
            var watch = Stopwatch.StartNew();
            var result = trainer.FitAndScore(table, options, cancellationToken);
            double seconds = watch.Elapsed.TotalSeconds;
            run.Try(kept => LogDetector(kept, trainer, result.Detector, seconds));
            run.Try(kept => kept.SetTag("data_sha256", DataHash.Of(table)));
            run.Try(kept => kept.LogMetrics(FitMetrics.Of(table.RowCount, result.Detector.Threshold, result.TrainingScores.Span, table.ReadLabels())));
            return result.Detector;
        });
    }

    /// <summary>Fits preparation and detector, and tracks it.</summary>
    /// <inheritdoc cref="FitTracked(TableTrainer, FeatureTable, IRunTracker, RunStart, FitOptions?, CancellationToken)"/>
    /// <param name="trainer">The trainer.</param>
    /// <param name="table">The training rows.</param>
    /// <param name="tracker">Keeps the run.</param>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; the run ends as killed.</param>
    public static TrackedFit<TableDetector> FitTracked(
        this TableTrainer trainer, FeatureTable table, IRunTracker tracker, string experiment, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        trainer.FitTracked(table, tracker, new RunStart(experiment), options, cancellationToken);

    /// <summary>Fits a detector, and tracks it.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="data">The training rows; labels, if any, are not looked at by the fit, but measured against.</param>
    /// <param name="tracker">Keeps the run.</param>
    /// <param name="start">The experiment, and the run's name, parent, parameters and tags besides those of the fit.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; the run ends as killed.</param>
    /// <returns>The fitted detector, and what could not be kept.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options; the run ends as failed.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite; the run ends as failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrackedFit<IAnomalyDetector> FitTracked(
        this IDetectorTrainer trainer, FeatureMatrix data, IRunTracker tracker, RunStart start, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        using var run = SafeRun.Start(tracker, start);
        return run.Around(() =>
        {
            var watch = Stopwatch.StartNew();
            var result = trainer.FitAndScore(data, options, cancellationToken);
            double seconds = watch.Elapsed.TotalSeconds;
            run.Try(kept => Log(kept, trainer, result.Detector, seconds));
            run.Try(kept => Keep(kept, ModelPath, stream => result.Detector.Save(stream)));
            run.Try(kept => Keep(kept, SchemaPath, stream => SchemaJson.Write(stream, data.Schema)));
            run.Try(kept => kept.SetTag("data_sha256", DataHash.Of(data)));
            run.Try(kept => kept.LogMetrics(FitMetrics.Of(data.RowCount, result.Detector.Threshold, result.TrainingScores.Span, data.HasLabels ? data.Labels.ToArray() : null)));
            return result.Detector;
        });
    }

    /// <summary>Fits a detector, and tracks it.</summary>
    /// <inheritdoc cref="FitTracked(IDetectorTrainer, FeatureMatrix, IRunTracker, RunStart, FitOptions?, CancellationToken)"/>
    /// <param name="trainer">The trainer.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="tracker">Keeps the run.</param>
    /// <param name="experiment">The name of the experiment.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; the run ends as killed.</param>
    public static TrackedFit<IAnomalyDetector> FitTracked(
        this IDetectorTrainer trainer, FeatureMatrix data, IRunTracker tracker, string experiment, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        trainer.FitTracked(data, tracker, new RunStart(experiment), options, cancellationToken);

    /// <summary>Tracks a fit of somebody's own, as one from files: times it, and ends the run as it ends.</summary>
    /// <param name="trainer">The trainer, for its options.</param>
    /// <param name="fit">Does the fit.</param>
    /// <param name="tracker">Keeps the run.</param>
    /// <param name="start">The experiment, and the run's name, parent, parameters and tags besides those of the fit.</param>
    /// <param name="dataFiles">The files that hold the training rows: their names become the tag <c>data_files</c>, and a hash of their bytes, in this order, the tag <c>data_sha256</c>. None by default.</param>
    /// <returns>The fitted detector, and what could not be kept.</returns>
    public static TrackedFit<TableDetector> TrackFit(this TableTrainer trainer, Func<TableDetector> fit, IRunTracker tracker, RunStart start, IReadOnlyCollection<string>? dataFiles = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(fit);
        using var run = SafeRun.Start(tracker, start);
        return run.Around(() =>
        {
            var watch = Stopwatch.StartNew();
            var detector = fit();
            double seconds = watch.Elapsed.TotalSeconds;
            run.Try(kept => kept.LogFit(trainer, detector, seconds));
            if (dataFiles is { Count: > 0 })
            {
                run.Try(kept => kept.SetTag("data_files", string.Join(", ", dataFiles)));
                run.Try(kept => kept.SetTag("data_sha256", FileHash.Of(dataFiles)));
            }

            return detector;
        });
    }

    /// <summary>Tells a run of a fit that was done elsewhere, as from files: options, what the detector knows of its training rows, model file and schema.</summary>
    /// <param name="run">The run.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="detector">What it fitted.</param>
    /// <param name="fitSeconds">How long that took, in seconds.</param>
    /// <exception cref="RunTrackingException">It could not be kept.</exception>
    public static void LogFit(this ITrackedRun run, TableTrainer trainer, TableDetector detector, double fitSeconds)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(detector);
        LogDetector(run, trainer, detector, fitSeconds);
        // Training scores are not at hand here.
        if (detector.Profile is { } profile)
            run.LogMetrics([new MetricPoint("rows", profile.RowCount), .. profile.AlertFraction is { } fraction ? [new MetricPoint("alert_fraction", fraction)] : Array.Empty<MetricPoint>()]);
    }

    private static void LogDetector(ITrackedRun run, TableTrainer trainer, TableDetector detector, double fitSeconds)
    {
        Log(run, trainer.Trainer, detector.Detector, fitSeconds);
        run.LogParameters(
        [
            new("preparation.Missing", trainer.Preparation.Missing.ToText()),
            .. ByColumn("preparation.MissingByColumn", trainer.Preparation, column => column.Missing?.ToText()),
            new("preparation.Categories", TextWords.Of(trainer.Preparation.Categories.ToString())),
            new("preparation.Dates", trainer.Preparation.Dates.ToString()),
            .. ByColumn("preparation.DatesByColumn", trainer.Preparation, column => column.Dates?.ToString()),
            new("preparation.MaxOneHotLevels", trainer.Preparation.MaxOneHotLevels.ToString(CultureInfo.InvariantCulture)),
        ]);
        Keep(run, ModelPath, stream => detector.Save(stream));
        Keep(run, SchemaPath, stream => SchemaJson.Write(stream, detector.Preparation.Schema));
    }

    // One parameter for all of them: servers of MLflow refuse names of parameters with signs that names of columns may have.
    private static KeyValuePair<string, string>[] ByColumn(string name, TablePreparation preparation, Func<ColumnPreparation, string?> rule)
    {
        string[] rules = [.. from column in preparation.Columns.OrderBy(column => column.Key, StringComparer.Ordinal) let text = rule(column.Value) where text is not null select $"{column.Key}={text}"];
        return rules.Length == 0 ? [] : [new(name, string.Join("; ", rules))];
    }

    private static void Log(ITrackedRun run, IDetectorTrainer trainer, IAnomalyDetector detector, double fitSeconds)
    {
        run.SetTag("detector", detector.Info.Kind);
        run.SetTag("anomalykit_version", Version);
        run.LogParameters(TrainerOptions.Read(trainer).Select(option => KeyValuePair.Create(option.Name, option.Value)));
        run.LogMetrics([new MetricPoint("fit_seconds", fitSeconds), new MetricPoint("columns", detector.Schema.ColumnCount), new MetricPoint("threshold", detector.Threshold)]);
    }

    private static void Keep(ITrackedRun run, string path, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        content.Position = 0;
        run.LogArtifact(path, content);
    }
}
