using AnomalyKit.Serving.Loading;

namespace AnomalyKit;

/// <content>Loading from files, and by hand.</content>
public sealed partial class DetectorPool
{
    private const int ContentCheckEvery = 30;
    private int _rounds;
    private IReadOnlyList<string> _findings = [];
    private string[] _saidFindings = [];

    /// <summary>Looks at all files, and loads what is new or has changed. A host does so in the background (<see cref="AnomalyDetectionOptions.ReloadInterval"/>). After <see cref="Dispose"/> it loads nothing.</summary>
    /// <param name="cancellationToken">Stops the loading; what was loaded so far is served.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        if (_isDisposed)
            return;
        FindSources();
        // Time and length tell most changes; now and then contents are compared all the same.
        bool comparesContents = _rounds++ % ContentCheckEvery == ContentCheckEvery - 1;
        foreach (var slot in _slots.Values.Where(slot => !slot.IsTakenOut && !slot.IsGone))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ModelLoader.HasChangedAsync(slot, comparesContents, cancellationToken).ConfigureAwait(false))
                await TryLoadAsync(slot, cancellationToken).ConfigureAwait(false);
        }

        _allWereTried = _wasScanned;
    }

    /// <summary>Loads a model by hand, for the first time or again, also one that was taken out.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version, or null for the newest that has a file.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <returns>The model that is served now.</returns>
    /// <exception cref="ModelNotFoundException">There is no file of it.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    /// <exception cref="InvalidOperationException">The file cannot be loaded; what was served is served still. The message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ServedModel> LoadAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        FindSources();
        var slot = NewestSlot(name, version, slot => !slot.IsGone)
            ?? throw new ModelNotFoundException($"There is no file of model '{name}'{(version is null ? "" : $" of version '{version}'")} among the sources that are configured.");
        slot.IsTakenOut = false;
        await TryLoadAsync(slot, cancellationToken).ConfigureAwait(false);
        return slot.Error is null ? slot.Model! : throw new InvalidOperationException(slot.Error);
    }

    /// <summary>Takes a model out by hand. Requests that hold it finish; it comes back by <see cref="LoadAsync"/> only.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version, or null for all.</param>
    /// <param name="cancellationToken">Stops waiting for a loader that is at work.</param>
    /// <exception cref="ModelNotFoundException">No such model is served from a file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task UnloadAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        ModelSlot[] slots = [.. _slots.Values.Where(slot => slot.Model is not null && slot.Source.Key.Name == name && (version is null || slot.Source.Key.Version == version))];
        if (slots.Length == 0)
            throw NotFound(name, version);
        foreach (var slot in slots)
        {
            slot.IsTakenOut = true;
            TakeOut(slot, "it was taken out by hand.");
        }
    }

    /// <summary>Gives a model another threshold until its file changes. Requests that hold the old one finish with the old one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version, or null for the newest.</param>
    /// <param name="threshold">Any number but NaN.</param>
    /// <param name="cancellationToken">Stops waiting for a loader that is at work.</param>
    /// <returns>The model that is served now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    /// <exception cref="ModelNotFoundException">No such model is served from a file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ServedModel> SetThresholdAsync(string name, string? version, double threshold, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (double.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), "The threshold is NaN; it must be a number.");
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var slot = NewestSlot(name, version, slot => slot.Model is not null) ?? throw NotFound(name, version);
        var changed = slot.Model!.WithThreshold(threshold);
        _loader.WarmUp(changed, cancellationToken);
        slot.Model = changed;
        slot.Model.Monitor?.SetThreshold(threshold);
        LoaderLog.ThresholdSet(_logger, slot.Source.Key.ToString(), threshold);
        return slot.Model;
    }

    /// <summary>Waits until no other loader is at work. What was changed is published when the turn ends, however it does.</summary>
    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        _loader.BeginRound();
        return new Turn(this);
    }

    private ModelSlot? NewestSlot(string name, string? version, Func<ModelSlot, bool> condition) => _slots.Values
        .Where(slot => slot.Source.Key.Name == name && (version is null || slot.Source.Key.Version == version) && condition(slot))
        .MaxBy(slot => slot.Source.Key.Version, VersionOrder.Instance);

    private void FindSources()
    {
        var options = _options();
        ModelSources found;
        try
        {
            found = ModelSources.Find(options);
            _folderError = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_folderError is null)
                LoaderLog.FolderUnreadable(_logger, options.ModelFolder!, exception.Message);
            _folderError = exception.Message;
            return;
        }

        Say(found.Findings);
        var present = new HashSet<ModelKey>();
        foreach (var source in found.Files)
        {
            present.Add(source.Key);
            if (!_slots.TryGetValue(source.Key, out var slot))
                _slots.Add(source.Key, new ModelSlot(source));
            else if (slot.Source.Path != source.Path || slot.Source.Threshold != source.Threshold || slot.IsGone)
                (slot.Source, slot.Attempted, slot.IsGone) = (source with { IsRequired = slot.Source.IsRequired }, null, false);
        }

        foreach (var slot in _slots.Values.Where(slot => !present.Contains(slot.Source.Key) && !slot.IsGone).ToArray())
        {
            slot.IsGone = true;
            TakeOut(slot, "its file is gone from the folder, or it is no longer configured.");
            if (slot.WasLoaded || !slot.Source.IsRequired)
                _slots.Remove(slot.Source.Key);
        }

        _wasScanned = true;
    }

    /// <summary>Logs each finding once, and again if it comes back. What was not there at the start must last for two looks: somebody may be copying.</summary>
    private void Say(IReadOnlyList<string> findings)
    {
        string[] lasting = [.. findings.Where(finding => !_wasScanned || _findings.Contains(finding) || _saidFindings.Contains(finding))];
        foreach (string finding in lasting.Except(_saidFindings))
            LoaderLog.FolderFinding(_logger, finding);
        (_findings, _saidFindings) = (findings, lasting);
    }

    private async Task TryLoadAsync(ModelSlot slot, CancellationToken cancellationToken)
    {
        string? before = slot.Error;
        var served = slot.Model;
        var newest = NewestSlot(slot.Source.Key.Name, null, other => other.Model is not null)?.Model;
        await _loader.LoadAsync(slot, cancellationToken).ConfigureAwait(false);
        if (slot.Error is { } error)
        {
            if (error != before)
                LoaderLog.Refused(_logger, slot.Source.Key.ToString(), slot.Source.Path, error, served is null ? "It is not served." : "The one that was loaded before is served on.");
        }
        else if (slot.Model is { } model && !ReferenceEquals(model, served))
        {
            LoaderLog.Loaded(_logger, model.ToString(), slot.Source.Path, model.Detector.Detector.Info.Kind, model.Threshold, model.Fingerprint);
            if (newest is not null && ReferenceEquals(model, NewestSlot(model.Name, null, other => other.Model is not null)?.Model) && ColumnChanges.Between(newest.Columns, model.Columns) is { } changes)
                LoaderLog.ColumnsChanged(_logger, model.ToString(), newest.ToString(), changes);
        }
    }

    private void TakeOut(ModelSlot slot, string reason)
    {
        if (slot.Model is not { } model)
            return;
        (slot.Model, slot.Attempted, slot.Error) = (null, null, null);
        model.Monitor?.Dispose();
        LoaderLog.Removed(_logger, model.ToString(), reason);
    }

    private sealed class Turn(DetectorPool pool) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                pool.Publish();
                Interlocked.MemoryBarrier();
                if (pool._isDisposed)
                    pool.EndWatching();
            }
            finally
            {
                pool._turn.Release();
            }
        }
    }
}
