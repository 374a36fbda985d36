namespace AnomalyKit.Serving.Loading;

/// <summary>The files of models: those that are named, and those in the folder.</summary>
/// <param name="Files">One source a name and version, named ones before those of the folder.</param>
/// <param name="Findings">What the folder has besides, which somebody may have meant to be served: a sentence each.</param>
internal sealed record ModelSources(IReadOnlyList<ModelSource> Files, IReadOnlyList<string> Findings)
{
    /// <summary>Finds them.</summary>
    /// <param name="options">What was configured.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ModelSources Find(AnomalyDetectionOptions options)
    {
        var sources = new Dictionary<ModelKey, ModelSource>();
        foreach (var (name, model) in options.Models)
            Add(new ModelSource(new ModelKey(name, model.Version), Path.GetFullPath(model.Path), model.IsRequired, model.Threshold));
        if (options.ModelFolder is not { } folder)
            return new ModelSources([.. sources.Values], []);
        var scan = new FolderScan(new DirectoryInfo(folder));
        foreach (var (key, path) in scan.Models)
            Add(new ModelSource(key, path, IsRequired: false, Threshold: null));
        return new ModelSources([.. sources.Values], scan.Findings);

        void Add(ModelSource source) => sources.TryAdd(source.Key, source);
    }
}
