using AnomalyKit.Serving.Loading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnomalyKit;

/// <summary>The models of a host, loaded from files and swapped whole: requests that hold a model finish with it.</summary>
/// <remarks>
/// A file that cannot be loaded is refused, and the model that is served stays; it is tried again when the file changes. Safe for any number of threads; one of them loads at a time.
/// </remarks>
public sealed partial class DetectorPool : IDetectorPool, IDisposable
{
    private readonly Func<AnomalyDetectionOptions> _options;
    private readonly ModelLoader _loader;
    private readonly ILogger _logger;
    private readonly ServedModel[] _fixed;
    private readonly Dictionary<ModelKey, ModelSlot> _slots = [];
    // Not disposed: a loader that is still at work gives its turn back afterwards.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile TaskCompletionSource _ready = NotReady();
    private volatile ModelSnapshot _snapshot;
    private bool _wasScanned;
    private volatile bool _allWereTried;
    private string? _defaultModelProblem;
    private bool _requiredWereLoaded;
    private volatile string? _folderError;
    private volatile bool _isDisposed;

    /// <summary>A pool of detectors that are in memory already.</summary>
    /// <param name="models">The models.</param>
    /// <param name="defaultModel">The model of requests that name none; null for the only one.</param>
    public DetectorPool(IEnumerable<ServedModel> models, string? defaultModel = null)
        : this(models, () => new AnomalyDetectionOptions { DefaultModel = defaultModel }, new ModelLoader(meters: null, meterFactory: null), NullLogger.Instance)
    {
    }

    internal DetectorPool(IEnumerable<ServedModel> models, Func<AnomalyDetectionOptions> options, ModelLoader loader, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(models);
        _fixed = [.. models];
        _options = options;
        _loader = loader;
        _logger = logger;
        _snapshot = Taken();
        MarkSuperseded();
        SignalReady();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServedModel> Models => _snapshot.Models;

    /// <inheritdoc/>
    public IReadOnlyList<ModelStatus> Statuses => _snapshot.Statuses;

    /// <summary>Why the folder of models could not be read the last time; null where it could.</summary>
    public string? FolderError => _folderError;

    /// <summary>Why <see cref="AnomalyDetectionOptions.DefaultModel"/> is not served although others are; null where it is, where none is set, and until all files were tried.</summary>
    public string? DefaultModelError => _snapshot is { Models.Count: > 0 } snapshot && HasTriedAll && _options().DefaultModel is { } name && snapshot.Find(name, null) is null
        ? $"The default model '{name}' is not served. {(_options().ModelFolder is null ? "Change" : "Put its file into the folder of models, or change")} {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.DefaultModel)} to one of: {string.Join(", ", snapshot.Names)}."
        : null;

    /// <summary>Whether all files were looked at since the start. Before that, a model that is not found may still come.</summary>
    public bool HasTriedAll => _allWereTried || !HasFiles(_options());

    /// <summary>Whether there is anything to serve: a folder, a file or a detector in memory was named. Where it is false, no model comes until the configuration names one.</summary>
    public bool HasSources => _fixed.Length > 0 || HasFiles(_options());

    /// <inheritdoc/>
    public bool IsReady => _ready.Task.IsCompleted;

    /// <inheritdoc/>
    public ServedModel? DefaultModel => (_options().DefaultModel ?? _snapshot.OnlyName) is { } name ? FindModel(name) : null;

    /// <inheritdoc/>
    public ServedModel? FindModel(string name, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _snapshot.Find(name, version);
    }

    /// <inheritdoc/>
    public ServedModel GetModel(string name, string? version = null) => FindModel(name, version) ?? throw NotFound(name, version);

    /// <inheritdoc/>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Ends the watching. No round of loading begins afterwards; one that is under way finishes, and what it loads is not watched. Requests that hold a model go on with it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        // A turn that ends meanwhile sees that, or its models are seen here.
        Interlocked.MemoryBarrier();
        EndWatching();
    }

    private void EndWatching()
    {
        foreach (var model in Models)
            model.Monitor?.Dispose();
    }

    private ModelNotFoundException NotFound(string name, string? version) => new(MissingModelText.Of(this, name, version));

    private ModelSnapshot Taken() => new(
        _fixed.Concat(_slots.Values.Select(slot => slot.Model).OfType<ServedModel>()),
        [
            .. _fixed.Select(model => new ModelStatus(model.Name, model.Version, IsRequired: true, IsLoaded: true, Error: null, Source: null, model.LoadedAt)),
            .. _slots.Values.OrderBy(slot => slot.Source.Key.ToString(), StringComparer.Ordinal).Select(slot => slot.Status),
        ]);

    private void MarkSuperseded()
    {
        foreach (var model in _snapshot.Models)
            model.Monitor?.SetSuperseded(!ReferenceEquals(_snapshot.Find(model.Name, null), model));
    }

    private void Publish()
    {
        _snapshot = Taken();
        MarkSuperseded();
        _loader.Publish(_snapshot);
        SignalReady();
        string? problem = DefaultModelError;
        if (problem is not null && problem != _defaultModelProblem)
            LoaderLog.DefaultModelMissing(_logger, problem);
        _defaultModelProblem = problem;
    }

    private static bool HasFiles(AnomalyDetectionOptions options) => options.ModelFolder is not null || options.Models.Count > 0;

    // One bad file takes no host out that can serve others: only a model that is required by name, and having none at all, do.
    private void SignalReady()
    {
        var options = _options();
        // Once loaded is enough: a later failure leaves what is served, and taking the host out would not mend it.
        _requiredWereLoaded |= (_allWereTried || !HasFiles(options)) && _slots.Values.All(slot => !slot.Source.IsRequired || slot.WasLoaded);
        if (_requiredWereLoaded && _snapshot.Models.Count > 0)
            _ready.TrySetResult();
        else if (IsReady)
            _ready = NotReady();
    }

    private static TaskCompletionSource NotReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
