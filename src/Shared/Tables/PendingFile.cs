namespace AnomalyKit.Tables;

/// <summary>A file that gets its name when it is whole, and of which nothing is left otherwise.</summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string _target;
    private readonly string _beside;
    private bool _done;

    private PendingFile(string target)
    {
        _target = target;
        _beside = $"{target}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        Stream = new FileStream(_beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public FileStream Stream { get; }

    public static PendingFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A link stays a link, and what it points to is replaced.
        var named = new FileInfo(path);
        string full = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string? folder = Path.GetDirectoryName(full);
        if (folder is not null && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist, so '{path}' cannot be written. Create it first.");
        return new PendingFile(full);
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        if (_done)
            return;
        using (Stream)
            Stream.Flush(flushToDisk: true);
        // A file that was private stays private.
        if (!OperatingSystem.IsWindows() && File.Exists(_target))
            File.SetUnixFileMode(_beside, File.GetUnixFileMode(_target));
        File.Move(_beside, _target, overwrite: true);
        _done = true;
    }

    public void Dispose()
    {
        if (_done)
            return;
        _done = true;
        Stream.Dispose();
        File.Delete(_beside);
    }
}
