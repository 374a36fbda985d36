namespace AnomalyKit.Files;

/// <summary>The place of a file on disk.</summary>
internal static class FilePlace
{
    /// <summary>The file that a path means: what a link points to in the end, as a full path.</summary>
    public static string Target(string path)
    {
        var named = new FileInfo(path);
        return named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
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

    // What lies there is no content that could be replaced.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && File.Exists(path)
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal));
}
