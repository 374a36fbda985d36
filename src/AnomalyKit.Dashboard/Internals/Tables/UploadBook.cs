using System.Collections.Concurrent;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Uploads that pages wait for, by tickets that nobody can guess; each is good once.</summary>
internal sealed class UploadBook
{
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    public int Count => _uploads.Count;

    public string Add(Upload upload)
    {
        string ticket = Tickets.New();
        _uploads[ticket] = upload;
        return ticket;
    }

    public Upload? Take(string ticket) => _uploads.TryRemove(ticket, out var upload) ? upload : null;
}
