using System.Diagnostics;

namespace AnomalyKit;

/// <summary>One version of a model as a host serves it: a fitted detector with its name, and what was counted while it scored.</summary>
/// <remarks>
/// Immutable but for its counts, and safe for any number of threads. A caller that holds one goes on with it to the end, whatever the pool loads or unloads meanwhile; it is freed with its last user.
/// </remarks>
public sealed class ServedModel
{
    // Requests are many at a time: each takes one thread.
    private static readonly TableScoreOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    private static readonly ActivitySource Activities = new(ServingMeters.MeterName, ServingMeters.MeterVersion ?? "");

    private readonly TailCalibrator? _tail;
    private TableExplainer? _explainer;

    /// <summary>Names a detector.</summary>
    /// <param name="name">The name that requests use.</param>
    /// <param name="version">The version, for example <c>3</c>.</param>
    /// <param name="detector">The detector.</param>
    public ServedModel(string name, string version, TableDetector detector)
        : this(name, version, detector, fingerprint: "", source: null)
    {
    }

    internal ServedModel(string name, string version, TableDetector detector, string fingerprint, string? source, ServingMeters? meters = null, ModelMonitor? monitor = null)
        : this(name, version, detector, fingerprint, source, DateTimeOffset.UtcNow, new ModelCounts(name, version, meters), monitor)
    {
    }

    private ServedModel(string name, string version, TableDetector detector, string fingerprint, string? source, DateTimeOffset loadedAt, ModelCounts counts, ModelMonitor? monitor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(detector);
        Name = name;
        Version = version;
        Detector = detector;
        Fingerprint = fingerprint;
        Source = source;
        LoadedAt = loadedAt;
        Rows = new RowTable(detector.Preparation.Schema);
        _tail = detector.Detector.Calibrator as TailCalibrator;
        Counts = counts;
        Monitor = monitor;
    }

    /// <summary>The name that requests use.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The detector behind its preparation.</summary>
    public TableDetector Detector { get; }

    /// <summary>The columns of a row: their names and kinds, in order.</summary>
    public TableSchema Columns => Detector.Preparation.Schema;

    /// <summary>Whether all columns are numbers, so that rows can be given as values.</summary>
    public bool TakesValues => Detector.TakesValues;

    /// <summary>A row is an anomaly if its score is greater than this.</summary>
    public double Threshold => Detector.Threshold;

    /// <summary>Whether scores have p-values: the detector has a calibration of tails.</summary>
    public bool HasPValues => _tail is not null;

    /// <summary>The SHA-256 of the model file in lower-case hexadecimal; empty for a detector that came from no file.</summary>
    public string Fingerprint { get; }

    /// <summary>The model file; null for a detector that came from none.</summary>
    public string? Source { get; }

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>Reads rows of objects by name: dictionaries and JSON.</summary>
    public RowTable Rows { get; }

    /// <summary>Watches for drift; null where the model has no profile of its training rows, or nobody wants it (<see cref="AnomalyDetectionOptions.Monitoring"/>).</summary>
    public ModelMonitor? Monitor { get; }

    /// <summary>What was scored so far.</summary>
    public ModelCounts Counts { get; }

    /// <summary>The threshold that was configured in place of the file's.</summary>
    internal double? BaseThreshold { get; init; }

    /// <summary>Whether its explainer was made.</summary>
    internal bool IsWarm => Volatile.Read(ref _explainer) is not null;

    /// <summary>Scores rows of numbers on the calling thread, without allocating, and counts them.</summary>
    /// <param name="values">Row-major values in the order of <see cref="Columns"/>, as many rows as <paramref name="scores"/> has room for; NaN is a missing cell.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <exception cref="InvalidOperationException">Not all columns are numbers.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="TableDataException">A value cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Score(ReadOnlySpan<double> values, Span<float> scores, CancellationToken cancellationToken = default)
    {
        using var activity = StartActivity(scores.Length);
        long start = Stopwatch.GetTimestamp();
        Detector.ScoreValues(values, scores, cancellationToken: cancellationToken);
        Counts.AddCall(start);
        Counts.AddRows(scores.Length, ModelCounts.AnomaliesAmong(scores, Threshold));
        Monitor?.Offer(values, scores);
    }

    /// <summary>Scores the rows of a table on the calling thread, and counts them.</summary>
    /// <param name="rows">Rows with the columns of <see cref="Columns"/>, found by name in any order; further columns are left alone.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <exception cref="ArgumentException">There is not one score per row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Score(FeatureTable rows, Span<float> scores, CancellationToken cancellationToken = default)
    {
        ScoreUncounted(rows, scores, cancellationToken);
        Counts.AddRows(scores.Length, ModelCounts.AnomaliesAmong(scores, Threshold));
        Monitor?.Offer(rows, scores);
    }

    /// <summary>Begins a request whose rows are scored in several parts, or that may still be refused after they were scored.</summary>
    /// <returns>Scores like this model, and counts the rows once the request is answered.</returns>
    public ModelRequest BeginRequest() => new(this);

    /// <summary>Whether a score is that of an anomaly.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Whether it is greater than <see cref="Threshold"/>.</returns>
    public bool IsAnomaly(float score) => score > Threshold;

    /// <summary>The p-value of a score: how likely a normal row has such a score or a higher one.</summary>
    /// <param name="score">The score.</param>
    /// <returns>From 0 to 1; small for anomalies.</returns>
    /// <exception cref="InvalidOperationException">The detector has no such calibration: see <see cref="HasPValues"/>.</exception>
    public double PValue(float score) => _tail is { } tail
        ? tail.TailProbability(score)
        : throw new InvalidOperationException($"Model '{Name}' has no calibration of tails. Fit it with one (ScoreCalibration.Conformal, Rank, Gamma or Gaussian) for p-values.");

    /// <summary>What explains rows by this model: made when it is first asked for, which a host does before it serves the model (<see cref="AnomalyDetectionOptions.MaxWarmUpTime"/>), and kept.</summary>
    /// <returns>The same explainer each time.</returns>
    /// <exception cref="InvalidOperationException">The model cannot explain its scores; the message says why.</exception>
    public TableExplainer GetExplainer() => Volatile.Read(ref _explainer) ?? Interlocked.CompareExchange(ref _explainer, Detector.CreateExplainer(), null) ?? _explainer;

    /// <summary>Name and version.</summary>
    /// <returns>For example <c>fraud/3</c>.</returns>
    public override string ToString() => $"{Name}/{Version}";

    internal void ScoreUncounted(FeatureTable rows, Span<float> scores, CancellationToken cancellationToken)
    {
        using var activity = StartActivity(scores.Length);
        long start = Stopwatch.GetTimestamp();
        Detector.Score(rows, scores, OneThread, cancellationToken);
        Counts.AddCall(start);
    }

    // Costs next to nothing where nobody listens.
    private Activity? StartActivity(int rows)
    {
        var activity = Activities.StartActivity("score");
        if (activity is not null)
            activity.SetTag(ServingMeters.ModelTag, Name).SetTag(ServingMeters.VersionTag, Version).SetTag("anomalykit.rows", rows);
        return activity;
    }

    internal ServedModel WithThreshold(double threshold) => new(Name, Version, Detector.WithThreshold(threshold), Fingerprint, Source, LoadedAt, Counts, Monitor) { BaseThreshold = BaseThreshold };
}
