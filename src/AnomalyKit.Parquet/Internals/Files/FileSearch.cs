using System.IO.Enumeration;

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
        if (!isFolder && path.AsSpan().IndexOfAny('*', '?') < 0)
            throw new FileNotFoundException($"There is no file and no folder '{path}'.", path);
        string[] found = [.. (isFolder ? Below(path, isTop: true) : Matching(path)).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
        {
            throw new FileNotFoundException(
                isFolder ? $"The folder '{path}' holds no file that ends in {Extension}." : $"No file matches '{path}'. '*' and '?' stand for letters of a name, '**' for folders.", path);
        }

        return [.. found.Select(file => PartFile.At(file, readPartitions ? HivePath.Partitions(isFolder ? Path.GetRelativePath(path, file) : file) : []))];
    }

    private static IEnumerable<string> Below(string folder, bool isTop)
    {
        // What begins with a dot or an underscore is bookkeeping: _SUCCESS, _temporary, .crc.
        if (!isTop && IsHidden(folder))
            return [];
        return Directory.EnumerateFiles(folder).Where(file => file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !IsHidden(file))
            .Concat(Directory.EnumerateDirectories(folder).SelectMany(inner => Below(inner, isTop: false)));
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        string[] parts = pattern.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        int first = Array.FindIndex(parts, part => part.AsSpan().IndexOfAny('*', '?') >= 0);
        string start = string.Join(Path.DirectorySeparatorChar, parts[..first]);
        if (first > 0 && start.Length == 0)
            start = Path.DirectorySeparatorChar.ToString();
        return Directory.Exists(start.Length == 0 ? "." : start) ? Match(start, parts.AsMemory(first)) : [];
    }

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> parts)
    {
        string part = parts.Span[0];
        string here = folder.Length == 0 ? "." : folder;
        if (parts.Length == 1)
        {
            string pattern = part == "**" ? "*" + Extension : part;
            var files = Directory.EnumerateFiles(here).Where(file => Fits(pattern, file) && !IsHidden(file)).Select(file => Path.Combine(folder, Path.GetFileName(file)));
            return part == "**" ? files.Concat(Folders(folder, "*").SelectMany(inner => Match(inner, parts))) : files;
        }

        return part == "**"
            ? Match(folder, parts[1..]).Concat(Folders(folder, "*").SelectMany(inner => Match(inner, parts))).Distinct()
            : Folders(folder, part).SelectMany(inner => Match(inner, parts[1..]));
    }

    private static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder).Where(inner => Fits(pattern, inner) && !IsHidden(inner)).Select(inner => Path.Combine(folder, Path.GetFileName(inner)));

    private static bool Fits(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false);

    private static bool IsHidden(string path) => Path.GetFileName(path) is ['.' or '_', ..];
}
