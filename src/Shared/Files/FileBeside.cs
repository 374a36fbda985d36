namespace AnomalyKit.Files;

/// <summary>A file that is written beside its place and renamed into it, so that it appears whole or not at all.</summary>
internal sealed class FileBeside : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string _path;
    private readonly string _beside;
    private bool _placed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its place; a file that is there is replaced at the end.</param>
    public FileBeside(string path)
    {
        // A link stays a link, and what it points to is replaced.
        _path = FilePlace.Check(path);
        // Hidden, as what searches folders for data leaves alone: a process that is killed leaves it behind.
        _beside = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Guid.NewGuid().ToString("N")[..8]}.tmp");
        try
        {
            Stream = new FileStream(_beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be written: permission denied.", e);
        }
    }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Ends the file and gives it its name.</summary>
    public void Place()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        // A file that was private stays private.
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
            File.SetUnixFileMode(_beside, File.GetUnixFileMode(_path));
        File.Move(_beside, _path, overwrite: true);
        _placed = true;
    }

    /// <summary>Removes what was not given its name.</summary>
    public void Dispose()
    {
        if (_placed)
            return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is thrown away all the same.
        }

        File.Delete(_beside);
    }
}
