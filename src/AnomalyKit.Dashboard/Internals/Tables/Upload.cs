using AnomalyKit.Dashboard.Work;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>A file that a page waits for. When the page is done with it, or gone, its file goes too, whether or not it has arrived.</summary>
internal sealed class Upload : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly UploadBook _book;
    private readonly HeldBytes _held;
    private bool _isGone;

    public Upload(UploadBook book, string path, long maxBytes, HeldBytes held)
    {
        (_book, Path, MaxBytes, _held, Gone) = (book, path, maxBytes, held, _gone.Token);
        Ticket = book.Add(this);
    }

    public string Ticket { get; }

    public string Path { get; }

    public long MaxBytes { get; }

    /// <summary>Nobody waits any more.</summary>
    public CancellationToken Gone { get; }

    /// <summary>Begins the file; null where nobody waits any more.</summary>
    public FileStream? Create()
    {
        lock (_gate)
            return _isGone ? null : new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
    }

    /// <exception cref="TableDataException">The host holds as much as it may.</exception>
    public void Grow(int bytes) => _held.Grow(bytes);

    /// <summary>Removes the file where it is there. One that cannot be removed is left to the host's end.</summary>
    public void RemoveFile()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isGone)
                return;
            _isGone = true;
        }

        _book.Take(Ticket);
        _gone.Cancel();
        RemoveFile();
        _held.Dispose();
    }
}
