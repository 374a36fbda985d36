namespace AnomalyKit.Serving.Loading;

/// <summary>Finds the files of models: those that are named, and those in the folder.</summary>
internal static class ModelSources
{
    private const string Ending = ".akm";
    private const string FileName = "model" + Ending;

    /// <param name="options">What was configured.</param>
    /// <returns>One source a name and version, named ones before those of the folder.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<ModelSource> Find(AnomalyDetectionOptions options)
    {
        var sources = new Dictionary<ModelKey, ModelSource>();
        foreach (var (name, model) in options.Models)
            Add(new ModelSource(new ModelKey(name, model.Version), Path.GetFullPath(model.Path), model.IsRequired, model.Threshold));
        if (options.ModelFolder is { } folder)
        {
            foreach (var (key, path) in InFolder(new DirectoryInfo(folder)))
                Add(new ModelSource(key, path, IsRequired: false, Threshold: null));
        }

        return [.. sources.Values];

        void Add(ModelSource source) => sources.TryAdd(source.Key, source);
    }

    private static IEnumerable<(ModelKey Key, string Path)> InFolder(DirectoryInfo folder)
    {
        // Hidden entries are of others: a ConfigMap that is mounted keeps its versions in such.
        foreach (var file in folder.EnumerateFiles().Where(file => IsServed(file) && file.Name.EndsWith(Ending, StringComparison.Ordinal) && file.Name.Length > Ending.Length))
            yield return (new ModelKey(file.Name[..^Ending.Length], "1"), file.FullName);
        foreach (var model in folder.EnumerateDirectories().Where(IsServed))
        {
            foreach (var version in model.EnumerateDirectories().Where(IsServed))
            {
                string path = Path.Combine(version.FullName, FileName);
                if (File.Exists(path))
                    yield return (new ModelKey(model.Name, version.Name), path);
            }
        }
    }

    private static bool IsServed(FileSystemInfo entry) => !entry.Name.StartsWith('.');
}
