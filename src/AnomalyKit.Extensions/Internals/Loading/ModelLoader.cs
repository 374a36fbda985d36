using System.Diagnostics.Metrics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Serving.Loading;

/// <summary>Loads the files of slots.</summary>
/// <param name="meters">Counts loads, and what models score.</param>
/// <param name="meterFactory">For the meters of monitors.</param>
/// <param name="monitoring">How models are watched; null for not at all.</param>
/// <param name="warmUp">Prepares explanations before a model is served; null for not at all.</param>
/// <param name="catalog">The kinds that can be loaded; null for those of <see cref="DetectorFile.Catalog"/>.</param>
internal sealed class ModelLoader(ServingMeters? meters, IMeterFactory? meterFactory, Func<ModelMonitoringOptions>? monitoring = null, ModelCatalog? catalog = null, ModelWarmUp? warmUp = null)
{
    private readonly ModelCatalog _catalog = catalog ?? DetectorFile.Catalog;

    /// <summary>Whether a slot's file may hold something else than what was tried last.</summary>
    public static async Task<bool> HasChangedAsync(ModelSlot slot, bool comparesContents, CancellationToken cancellationToken)
    {
        slot.CheckedAt = DateTimeOffset.UtcNow;
        try
        {
            if (FileStamp.Of(slot.Source.Path) != slot.Attempted)
                return true;
            return comparesContents && slot.Model is { } model && slot.Error is null
                && await ModelFile.FingerprintAsync(slot.Source.Path, cancellationToken).ConfigureAwait(false) != model.Fingerprint;
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            // Loading it will say what is wrong.
            return slot.Error is null;
        }
    }

    /// <summary>Loads a slot's file if its content is new; on failure what is served stays, and the slot says why.</summary>
    public async Task LoadAsync(ModelSlot slot, CancellationToken cancellationToken)
    {
        string path = slot.Source.Path;
        slot.CheckedAt = DateTimeOffset.UtcNow;
        try
        {
            slot.Attempted = FileStamp.Of(path);
            string? known = slot.Model is { } served && served.BaseThreshold == slot.Source.Threshold ? served.Fingerprint : null;
            var (detector, fingerprint) = await ModelFile.LoadAsync(path, known, _catalog, cancellationToken).ConfigureAwait(false);
            if (detector is null)
            {
                slot.Error = null;
                return;
            }

            if (slot.Source.Threshold is { } threshold)
                detector = detector.WithThreshold(threshold);
            var monitor = ModelMonitor.Create(slot.Source.Key.Name, slot.Source.Key.Version, detector, monitoring?.Invoke(), meterFactory);
            var model = new ServedModel(slot.Source.Key.Name, slot.Source.Key.Version, detector, fingerprint, path, meters, monitor) { BaseThreshold = slot.Source.Threshold };
            warmUp?.Run(model, cancellationToken);
            slot.Model?.Monitor?.End(hasSuccessor: monitor is not null);
            slot.Model = model;
            (slot.WasLoaded, slot.Error) = (true, null);
            meters?.CountLoad(succeeded: true);
        }
        catch (OperationCanceledException)
        {
            // It was not tried: the next round does.
            slot.Attempted = null;
            throw;
        }
        catch (Exception exception)
        {
            // Whatever a file does, what is served stays. The stamp stays too: the file is tried again when it changes.
            slot.Failure = exception is ModelFormatException ? ModelFailure.InvalidFile : IsOfFile(exception) ? ModelFailure.UnreadableFile : ModelFailure.Other;
            slot.Error = slot.Failure == ModelFailure.Other ? $"Loading it failed: {exception.Message}" : exception.Message;
            // A file that could not be read is tried again as it is: it may come back as it was.
            if (exception is IOException)
                slot.Attempted = null;
            meters?.CountLoad(succeeded: false);
        }
    }

    /// <summary>Begins a look at all files, or at one.</summary>
    public void BeginRound() => warmUp?.BeginRound();

    /// <summary>Prepares explanations of a model that was made anew of one that is served.</summary>
    public void WarmUp(ServedModel model, CancellationToken cancellationToken) => warmUp?.Run(model, cancellationToken);

    /// <summary>Tells the meters what is served, and what cannot be loaded.</summary>
    public void Publish(ModelSnapshot snapshot)
    {
        if (meters is not null)
            (meters.Served, meters.Failing) = (snapshot.Models.Count, snapshot.Statuses.Count(status => status.Error is not null));
    }

    private static bool IsOfFile(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
