using AnomalyKit.Batch.Formats;
using AnomalyKit.Files;

namespace AnomalyKit.Batch.Finding;

/// <summary>Finds files by paths, folders and patterns.</summary>
internal static class FileFinder
{
    public static IReadOnlyList<TableFile> Find(IReadOnlyList<string> paths, TableFormat? format)
    {
        if (paths.Count == 0)
            throw new ArgumentException("Name at least one file.", nameof(paths));
        if (paths.Contains(TableFile.StandardInput))
        {
            return paths.Count == 1
                ? [new TableFile(TableFile.StandardInput, format ?? TableFormat.Csv, -1)]
                : throw new ArgumentException("Standard input (-) cannot be combined with files. Read one or the other.", nameof(paths));
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
            found.UnionWith(Behind(path, format));
        // One file may have several names: by way of other folders, or as links.
        var folders = new Dictionary<string, string>();
        return [.. found.DistinctBy(path => FilePlace.Of(path, folders), StringComparer.Ordinal).Select(path => Of(path, format))];
    }

    private static string[] Behind(string path, TableFormat? format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A name may hold a star: what is there is meant.
        if (File.Exists(path))
            return [path];
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !PathPatterns.IsPattern(path))
            throw new FileNotFoundException($"There is no file and no folder '{path}'.", path);
        string[] files = [.. isFolder ? Below(path, format) : PathPatterns.Matching(path, (folder, part) => Last(folder, part, format))];
        return files.Length > 0 ? files : throw new FileNotFoundException(
            isFolder ? $"The folder '{path}' holds no table. {FormatNames.Known}" : $"No file matches '{path}'. '*' and '?' stand for letters of a name, '**' for folders.", path);
    }

    private static TableFile Of(string path, TableFormat? format)
    {
        var info = new FileInfo(path);
        // A pipe has a path too, but can be read only once; its length is 0.
        bool isFile = info.Exists && !info.Attributes.HasFlag(FileAttributes.Device) && info.Length > 0;
        return new TableFile(
            path,
            format ?? FormatNames.OfPath(path) ?? throw new TableDataException($"The name '{path}' does not say what the file holds. {FormatNames.Known}"),
            isFile ? info.Length : -1);
    }

    private static IEnumerable<string> Below(string folder, TableFormat? format) =>
        Directory.EnumerateFiles(folder).Where(file => IsTable(file, format)).Concat(PathPatterns.FoldersIn(folder).SelectMany(inner => Below(inner, format)));

    private static IEnumerable<string> Last(string folder, string part, TableFormat? format)
    {
        string here = PathPatterns.Here(folder);
        if (part == "**")
            return Below(here, format);
        return Directory.EnumerateFileSystemEntries(here)
            .Where(entry => PathPatterns.Fits(part, entry) && !PathPatterns.IsHidden(entry))
            .SelectMany(entry => Directory.Exists(entry) ? Below(entry, format) : [entry])
            .Select(file => folder.Length == 0 ? Path.GetRelativePath(here, file) : file);
    }

    // Files with other endings lie beside tables.
    private static bool IsTable(string path, TableFormat? format) => !PathPatterns.IsHidden(path) && FormatNames.OfPath(path) is { } own && own == (format ?? own);
}
