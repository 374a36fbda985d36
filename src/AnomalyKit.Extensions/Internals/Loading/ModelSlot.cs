namespace AnomalyKit.Serving.Loading;

/// <summary>Where one version of a model is kept, and how it stands with it. Changed by one loader at a time.</summary>
internal sealed class ModelSlot(ModelSource source)
{
    public ModelSource Source { get; set; } = source;

    /// <summary>What is served; null where nothing is.</summary>
    public ServedModel? Model { get; set; }

    /// <summary>Whether it was served once.</summary>
    public bool WasLoaded { get; set; }

    /// <summary>Whether it was taken out by hand, and waits for being loaded by hand.</summary>
    public bool IsTakenOut { get; set; }

    /// <summary>Whether its file was not there the last time.</summary>
    public bool IsGone { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }

    /// <summary>The kind of that failure.</summary>
    public ModelFailure Failure { get; set; }

    /// <summary>The file as it was at the last attempt.</summary>
    public FileStamp? Attempted { get; set; }

    public DateTimeOffset CheckedAt { get; set; } = DateTimeOffset.UtcNow;

    public ModelStatus Status => new(Source.Key.Name, Source.Key.Version, Source.IsRequired, Model is not null, Error, Source.Path, CheckedAt) { Failure = Error is null ? null : Failure, IsUnloaded = IsTakenOut };
}
