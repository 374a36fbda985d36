using System.Collections.Concurrent;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AnomalyKit.Server.Stopping;

/// <summary>Connections that were accepted and have asked nothing yet. Their first request may be on its way, and a server that stops would hang up on it.</summary>
/// <param name="patience">How long a connection may take until it asks; null for 1 s. Whoever connects long before, as some balancers do, is not waited for.</param>
internal sealed class Newcomers(TimeSpan? patience = null)
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, long> _silent = new(StringComparer.Ordinal);

    /// <summary>Whether there is a connection that may be about to ask.</summary>
    public bool Any => _silent.Values.Any(since => Environment.TickCount64 - since < _patience.TotalMilliseconds);

    /// <summary>Watches the connections of an address.</summary>
    public void Watch(ListenOptions listen) => listen.Use(next => async connection =>
    {
        Come(connection.ConnectionId);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Ask(connection.ConnectionId);
        }
    });

    /// <summary>A connection was accepted.</summary>
    public void Come(string connection) => _silent[connection] = Environment.TickCount64;

    /// <summary>A connection asked something, or is gone.</summary>
    public void Ask(string connection)
    {
        // Looked up without a lock: nearly every request is a later one.
        if (_silent.ContainsKey(connection))
            _silent.TryRemove(connection, out _);
    }
}
