using System.Collections.Concurrent;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Tables that pages offer for download, by tickets that nobody can guess.</summary>
internal sealed class DownloadBook
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, IEnumerable<byte[]>>> _tables = new(StringComparer.Ordinal);

    public int Count => _tables.Count;

    public string Offer(Func<CancellationToken, IEnumerable<byte[]>> write)
    {
        string ticket = Tickets.New();
        _tables[ticket] = write;
        return ticket;
    }

    public Func<CancellationToken, IEnumerable<byte[]>>? Find(string ticket) => _tables.GetValueOrDefault(ticket);

    public void Withdraw(string? ticket)
    {
        if (ticket is not null)
            _tables.TryRemove(ticket, out _);
    }
}
