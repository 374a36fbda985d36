namespace AnomalyKit.Outboxes;

/// <summary>Whose turn it is to send for an outbox: that of the process that holds a file. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class SenderLock(string path) : IDisposable
{
    private FileStream? _held;

    public bool IsHeld => _held is not null;

    public bool TryTake()
    {
        if (_held is not null)
            return true;
        try
        {
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }
}
