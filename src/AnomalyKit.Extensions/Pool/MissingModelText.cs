namespace AnomalyKit;

/// <summary>Says to developers and operators why a pool has no model of a name. The routes pass it on to clients, so it names no folders.</summary>
internal static class MissingModelText
{
    private const string WaitsForFiles = $"Await {nameof(IDetectorPool)}.{nameof(IDetectorPool.WaitUntilReadyAsync)}, or try again in a second.";

    /// <summary>What is missing, and what to do.</summary>
    /// <param name="pool">The models, among which there is none of that name and version.</param>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="version">The version that was asked for; null for any.</param>
    public static string Of(DetectorPool pool, string name, string? version)
    {
        string missing = $"There is no model '{name}'{(version is null ? "" : $" of version '{version}'")}";
        var status = pool.Statuses
            .Where(status => !status.IsLoaded && status.Name == name && (version is null || status.Version == version))
            .OrderBy(status => status.Error is null)
            .FirstOrDefault();
        if (status?.IsUnloaded == true)
            return $"{missing}: version '{status.Version}' was taken out by hand. {nameof(DetectorPool)}.{nameof(DetectorPool.LoadAsync)} brings it back.";
        if (status?.Error is not null)
            return $"{missing}: the file of version '{status.Version}' cannot be loaded. The log and {nameof(IDetectorPool)}.{nameof(IDetectorPool.Statuses)} say why.";
        if (!pool.HasSources)
            return $"{missing}: no model is configured. Set {AnomalyDetectionOptions.SectionName}:{nameof(AnomalyDetectionOptions.ModelFolder)}, or add a detector in memory with AddModel.";
        if (status is not null || !pool.HasTriedAll)
        {
            return pool.FolderError is null
                ? $"{missing} yet: the files of models are still being loaded. {WaitsForFiles}"
                : $"{missing}: the folder of models cannot be read. The log names it.";
        }

        return $"{missing}; {(pool.Models.Count == 0 ? "none is served" : $"served are: {string.Join(", ", pool.Models)}")}.";
    }
}
