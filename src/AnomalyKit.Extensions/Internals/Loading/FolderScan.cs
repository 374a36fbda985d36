namespace AnomalyKit.Serving.Loading;

/// <summary>Looks through a folder of models: what is served, and what somebody may have meant to be served otherwise.</summary>
internal sealed class FolderScan
{
    private const string Ending = ".akm";
    private const string FileName = "model" + Ending;
    private const int MaxNames = 3;

    private readonly OrderedDictionary<ModelKey, string> _models = [];
    private readonly List<string> _findings = [];

    /// <param name="folder">The folder: <c>NAME/VERSION/model.akm</c> or <c>NAME.akm</c>.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public FolderScan(DirectoryInfo folder)
    {
        // Hidden entries are of others: a ConfigMap that is mounted keeps its versions in such.
        foreach (var file in folder.EnumerateFiles().Where(IsServed))
        {
            if (file.Name.EndsWith(Ending, StringComparison.Ordinal) && file.Name.Length > Ending.Length)
                Add(new ModelKey(file.Name[..^Ending.Length], "1"), file.FullName);
            else if (IsModelFile(file))
                Find($"The file '{file.FullName}' is not served, because its name does not end with {Ending} in small letters. Rename it.");
        }

        foreach (var model in folder.EnumerateDirectories().Where(IsServed))
            LookThrough(model);
    }

    /// <summary>The models, each name and version once.</summary>
    public IReadOnlyDictionary<ModelKey, string> Models => _models;

    /// <summary>What is not served, or perhaps not as it was meant: a sentence each, with what to do.</summary>
    public IReadOnlyList<string> Findings => _findings;

    private void LookThrough(DirectoryInfo model)
    {
        if (ModelFiles(model) is { Length: > 0 } loose)
            Find($"The folder '{model.FullName}' has {Names(loose)} beside its versions, which is not served. Move it to a folder of its version: {model.Name}/1/{FileName}.");
        foreach (var version in model.EnumerateDirectories().Where(IsServed))
        {
            string path = Path.Combine(version.FullName, FileName);
            if (!File.Exists(path))
            {
                if (ModelFiles(version) is { Length: > 0 } others)
                    Find($"Version '{version.Name}' of model '{model.Name}' is not served: '{version.FullName}' has {Names(others)}, and no {FileName}. Rename the file to {FileName}.");
                continue;
            }

            Add(new ModelKey(model.Name, version.Name), path);
            if (!VersionName.IsUsual(version.Name))
            {
                Find($"'{path}' is served as version '{version.Name}' of model '{model.Name}'. That does not look like a version, such as 2, 1.10, v3 or 2026-11-28, and words are newer than numbers. "
                    + $"If it is not meant to be served, rename the folder to '.{version.Name}': names with a dot in front are left out.");
            }
        }
    }

    private void Add(ModelKey key, string path)
    {
        if (!_models.TryAdd(key, path))
            Find($"'{path}' is not served: model {key} comes from '{_models[key]}' already. Keep one of them.");
    }

    private void Find(string sentence) => _findings.Add(sentence);

    private static FileInfo[] ModelFiles(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFiles().Where(file => IsServed(file) && IsModelFile(file)).OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or of somebody else: nothing to be said, and no reason to serve less.
            return [];
        }
    }

    private static string Names(FileInfo[] files) => string.Join(", ", files.Take(MaxNames).Select(file => $"'{file.Name}'")) + (files.Length > MaxNames ? ", …" : "");

    private static bool IsModelFile(FileInfo file) => file.Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    private static bool IsServed(FileSystemInfo entry) => !entry.Name.StartsWith('.');
}
