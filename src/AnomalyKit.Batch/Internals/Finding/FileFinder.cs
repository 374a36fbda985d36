using System.IO.Enumeration;

namespace AnomalyKit.Batch.Finding;

/// <summary>Finds files by paths, folders and patterns.</summary>
internal static class FileFinder
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    public static IReadOnlyList<TableFile> Find(IReadOnlyList<string> paths, TableFormat? format)
    {
        if (paths.Count == 0)
            throw new ArgumentException("No file is named.", nameof(paths));
        if (paths.Contains(TableFile.StandardInput))
        {
            return paths.Count == 1
                ? [new TableFile(TableFile.StandardInput, format ?? TableFormat.Csv, -1)]
                : throw new ArgumentException("Standard input (-) is named beside files. Read one or the other.", nameof(paths));
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
            found.UnionWith(Behind(path, format));
        // One file may have several names: by way of other folders, or as links.
        return [.. found.DistinctBy(Target, StringComparer.Ordinal).Select(path => Of(path, format))];
    }

    private static string[] Behind(string path, TableFormat? format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A name may hold a star: what is there is meant.
        if (File.Exists(path))
            return [path];
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !IsPattern(path))
            throw new FileNotFoundException($"There is no file and no folder '{path}'.", path);
        string[] files = [.. isFolder ? Below(path, format) : Matching(path, format)];
        return files.Length > 0 ? files : throw new FileNotFoundException(
            isFolder ? $"The folder '{path}' holds no table. {FormatNames.Known}" : $"No file matches '{path}'. '*' and '?' stand for letters of a name, '**' for folders.", path);
    }

    private static string Target(string path) => new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : Path.GetFullPath(path);

    // A link to a folder above would go round for ever.
    private static bool IsLoop(string folder) =>
        new DirectoryInfo(folder) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target
            && (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(target.FullName) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

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

    private static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    private static IEnumerable<string> Below(string folder, TableFormat? format) =>
        Directory.EnumerateFiles(folder).Where(file => IsTable(file, format))
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !IsHidden(inner) && !IsLoop(inner)).SelectMany(inner => Below(inner, format)));

    private static IEnumerable<string> Matching(string pattern, TableFormat? format)
    {
        string[] parts = pattern.Split(Separators);
        int first = Array.FindIndex(parts, IsPattern);
        string start = string.Join(Path.DirectorySeparatorChar, parts[..first]);
        if (first > 0 && start.Length == 0)
            start = Path.DirectorySeparatorChar.ToString();
        return Directory.Exists(start.Length == 0 ? "." : start) ? Match(start, parts.AsMemory(first), format).Distinct() : [];
    }

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> parts, TableFormat? format)
    {
        string part = parts.Span[0];
        string here = folder.Length == 0 ? "." : folder;
        if (parts.Length > 1)
        {
            return part == "**"
                ? Match(folder, parts[1..], format).Concat(Folders(folder, "*").SelectMany(inner => Match(inner, parts, format)))
                : Folders(folder, part).SelectMany(inner => Match(inner, parts[1..], format));
        }

        if (part == "**")
            return Below(here, format);
        return Directory.EnumerateFileSystemEntries(here)
            .Where(entry => Fits(part, entry) && !IsHidden(entry))
            .SelectMany(entry => Directory.Exists(entry) ? Below(entry, format) : [entry])
            .Select(file => folder.Length == 0 ? Path.GetRelativePath(here, file) : file);
    }

    private static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder).Where(inner => Fits(pattern, inner) && !IsHidden(inner) && !IsLoop(inner)).Select(inner => Path.Combine(folder, Path.GetFileName(inner)));

    private static bool Fits(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false);

    // What begins with a dot or an underscore is bookkeeping (_SUCCESS, .crc), and files with other endings lie beside tables.
    private static bool IsTable(string path, TableFormat? format) => !IsHidden(path) && FormatNames.OfPath(path) is { } own && own == (format ?? own);

    private static bool IsHidden(string path) => Path.GetFileName(path) is ['.' or '_', ..];
}
