using AnomalyKit.Files;

namespace AnomalyKit.Parquet.Files;

/// <summary>The files behind a path: one, those of a folder, or those that a pattern names.</summary>
internal static class FileSearch
{
    private const string Extension = ".parquet";

    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static IReadOnlyList<PartFile> Find(string path, bool readPartitions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
            return [PartFile.At(path, [])];
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !PathPatterns.IsPattern(path))
            throw new FileNotFoundException($"There is no file and no folder '{path}'.", path);
        string[] found = [.. (isFolder ? Below(path) : PathPatterns.Matching(path, Last)).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
        {
            throw new FileNotFoundException(
                isFolder ? $"The folder '{path}' holds no file that ends in {Extension}." : $"No file matches '{path}'. '*' and '?' stand for letters of a name, '**' for folders.", path);
        }

        return [.. found.Select(file => PartFile.At(file, readPartitions ? HivePath.Partitions(isFolder ? Path.GetRelativePath(path, file) : file) : []))];
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !PathPatterns.IsHidden(file))
            .Concat(PathPatterns.FoldersIn(folder).SelectMany(Below));

    private static IEnumerable<string> Last(string folder, string part)
    {
        string pattern = part == "**" ? "*" + Extension : part;
        var files = Directory.EnumerateFiles(PathPatterns.Here(folder))
            .Where(file => PathPatterns.Fits(pattern, file) && !PathPatterns.IsHidden(file)).Select(file => Path.Combine(folder, Path.GetFileName(file)));
        return part == "**" ? files.Concat(PathPatterns.FoldersIn(folder, "*").SelectMany(inner => Last(inner, part))) : files;
    }
}
