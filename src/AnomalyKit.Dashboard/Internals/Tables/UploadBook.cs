using System.Collections.Concurrent;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Where an upload goes.</summary>
internal sealed record UploadPlace(string Path, long MaxBytes);

/// <summary>Uploads that a page has announced, by tickets that nobody can guess; each is good once.</summary>
internal sealed class UploadBook
{
    private readonly ConcurrentDictionary<string, UploadPlace> _places = new(StringComparer.Ordinal);

    public int Count => _places.Count;

    public string Announce(UploadPlace place)
    {
        string ticket = Tickets.New();
        _places[ticket] = place;
        return ticket;
    }

    public UploadPlace? Take(string ticket) => _places.TryRemove(ticket, out var place) ? place : null;
}
