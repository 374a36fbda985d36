using System.IO.Enumeration;

namespace AnomalyKit.Files;

/// <summary>Paths in which <c>*</c> and <c>?</c> stand for letters of a name and <c>**</c> for folders, and the folders behind them.</summary>
internal static class PathPatterns
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>What begins with a dot or an underscore is bookkeeping: _SUCCESS, _temporary, .crc.</summary>
    public static bool IsHidden(string path) => Path.GetFileName(path) is ['.' or '_', ..];

    /// <summary>Whether the name behind a path is one that a part of a pattern means.</summary>
    public static bool Fits(string part, string path) => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(path), ignoreCase: false);

    /// <summary>The folders in a folder, without bookkeeping and links that lead back up.</summary>
    public static IEnumerable<string> FoldersIn(string folder) => Directory.EnumerateDirectories(folder).Where(inner => !IsHidden(inner) && !IsLoop(inner));

    /// <summary>The folders in a folder that a part of a pattern means, as they are named from outside.</summary>
    /// <param name="folder">The folder; empty for the current one.</param>
    /// <param name="part">The part.</param>
    public static IEnumerable<string> FoldersIn(string folder, string part) =>
        FoldersIn(Here(folder)).Where(inner => Fits(part, inner)).Select(inner => Path.Combine(folder, Path.GetFileName(inner)));

    /// <summary>The folder itself, of an empty name the current one.</summary>
    public static string Here(string folder) => folder.Length == 0 ? "." : folder;

    /// <summary>What a pattern names, each once.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="last">What its last part names in a folder; the folder is empty for the current one.</param>
    public static IEnumerable<string> Matching(string pattern, Func<string, string, IEnumerable<string>> last)
    {
        string[] parts = pattern.Split(Separators);
        int first = Array.FindIndex(parts, IsPattern);
        string start = string.Join(Path.DirectorySeparatorChar, parts[..first]);
        if (first > 0 && start.Length == 0)
            start = Path.DirectorySeparatorChar.ToString();
        return Directory.Exists(Here(start)) ? Match(start, parts.AsMemory(first), last).Distinct() : [];
    }

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> parts, Func<string, string, IEnumerable<string>> last)
    {
        string part = parts.Span[0];
        if (parts.Length == 1)
            return last(folder, part);
        return part == "**"
            ? Match(folder, parts[1..], last).Concat(FoldersIn(folder, "*").SelectMany(inner => Match(inner, parts, last)))
            : FoldersIn(folder, part).SelectMany(inner => Match(inner, parts[1..], last));
    }

    private static bool IsLoop(string folder) => new DirectoryInfo(folder) is { LinkTarget: not null } link
        && (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(link.ResolveLinkTarget(returnFinalTarget: true)!.FullName) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
