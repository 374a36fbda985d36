namespace AnomalyKit.Files;

/// <summary>The place of a file on disk.</summary>
internal static class FilePlace
{
    // More folders and links on the way to a file than there are; it ends circles.
    private const int MostLinks = 256;

    /// <summary>The file that a path means: what a link points to in the end, as a full path.</summary>
    public static string Target(string path)
    {
        var named = new FileInfo(path);
        return named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Where a file lies, whatever links of folders lead to it: two paths that mean one file have one place.</summary>
    /// <param name="path">The path; nothing has to be there.</param>
    /// <param name="folders">The places of folders that were looked at before, for many files.</param>
    public static string Of(string path, Dictionary<string, string>? folders = null)
    {
        string target = Target(path);
        return Path.GetDirectoryName(target) is { } folder ? Path.Combine(OfFolder(folder, folders ?? [], MostLinks), Path.GetFileName(target)) : target;
    }

    /// <summary>Refuses a place where no file can be put.</summary>
    /// <returns>The file that the path means.</returns>
    /// <exception cref="IOException">It is a folder, a device or a named pipe, or in a folder that does not exist.</exception>
    public static string Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Target(path);
        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a folder. Name a file in it.");
        if (IsDevice(target))
            throw new IOException($"'{path}' is a device, and files are renamed into their place. Write to a file, or to a stream.");
        if (NamedPipe.Is(target))
            throw new IOException($"'{path}' is a named pipe, and files are renamed into their place, so that its reader would wait for ever. Write to a file, or send a stream into the pipe.");
        string? folder = Path.GetDirectoryName(target);
        if (folder is not null && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist, so '{path}' cannot be written. Create it first.");
        return target;
    }

    private static string OfFolder(string folder, Dictionary<string, string> known, int depth)
    {
        if (known.TryGetValue(folder, out string? place))
            return place;
        place = folder;
        if (depth > 0 && Path.GetDirectoryName(folder) is { } parent)
        {
            place = Path.Combine(OfFolder(parent, known, depth - 1), Path.GetFileName(folder));
            // What a link points to may be reached by way of links, too.
            if (new DirectoryInfo(place) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                place = OfFolder(target.FullName, known, depth - 1);
        }

        return known[folder] = place;
    }

    // What lies there is no content that could be replaced.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && File.Exists(path)
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal));
}
