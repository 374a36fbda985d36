using System.Collections.Concurrent;
using System.Security.Cryptography;

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

/// <summary>Tables that pages offer for download, by tickets that nobody can guess.</summary>
internal sealed class DownloadBook
{
    private readonly ConcurrentDictionary<string, Func<IEnumerable<byte[]>>> _tables = new(StringComparer.Ordinal);

    public int Count => _tables.Count;

    public string Offer(Func<IEnumerable<byte[]>> write)
    {
        string ticket = Tickets.New();
        _tables[ticket] = write;
        return ticket;
    }

    public Func<IEnumerable<byte[]>>? Find(string ticket) => _tables.GetValueOrDefault(ticket);

    public void Withdraw(string ticket) => _tables.TryRemove(ticket, out _);
}

internal static class Tickets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
