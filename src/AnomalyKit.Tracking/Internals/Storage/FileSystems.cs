using System.Text.RegularExpressions;

namespace AnomalyKit.Storage;

/// <summary>Types of file systems.</summary>
internal static partial class FileSystems
{
    /// <summary>The type of the file system behind a full path, for example <c>ext4</c>; <c>network</c> where only that is known; null where nothing is.</summary>
    public static string? TypeOf(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? TypeIn(File.ReadLines("/proc/self/mountinfo"), WithoutLinks(path))
                : new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path) is { DriveType: DriveType.Network } ? "network" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The type of the file system behind a path, by the lines of Linux' <c>/proc/self/mountinfo</c>.</summary>
    /// <param name="mounts">The lines; of two at one place the later one covers the earlier one.</param>
    /// <param name="path">The full path, without links.</param>
    public static string? TypeIn(IEnumerable<string> mounts, string path)
    {
        (string? type, int length) = (null, -1);
        foreach (string line in mounts)
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash < 5 || dash + 1 >= fields.Length)
                continue;
            string place = Escape().Replace(fields[4], code => ((char)Convert.ToInt32(code.ValueSpan[1..].ToString(), 8)).ToString());
            if (place.Length >= length && IsWithin(path, place))
                (type, length) = (fields[dash + 1], place.Length);
        }

        return type;
    }

    private static bool IsWithin(string path, string folder) => folder == "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    // A folder on the way may be a link to another file system.
    private static string WithoutLinks(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null)
            return path;
        string full = Path.Combine(WithoutLinks(folder), Path.GetFileName(path));
        return new DirectoryInfo(full) is { LinkTarget: not null } link ? WithoutLinks(link.ResolveLinkTarget(returnFinalTarget: true)!.FullName) : full;
    }

    [GeneratedRegex(@"\\[0-7]{3}")]
    private static partial Regex Escape();
}
