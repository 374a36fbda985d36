using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AnomalyKit.Server.Stopping;

/// <summary>The sockets that accept connections.</summary>
/// <remarks>
/// A socket that is closed resets the connections that wait to be accepted, and with them the requests that clients sent already. On Linux a filter therefore drops the packets that would begin
/// new connections first; what waits is accepted, and then the socket is closed. Clients see no difference from a service that is gone: they try again, and are refused.
/// </remarks>
internal sealed class Listeners(Newcomers newcomers)
{
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const int Backlog = 4_096;

    // Of a connection that was just accepted nothing shows for a moment, until a thread takes it up.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(3);

    // Of the header of TCP the byte of flags; with SYN (2) nothing is kept, without it everything.
    private static readonly (ushort Code, byte WhenTrue, byte WhenFalse, uint Value)[] DropNewConnections =
        [(0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, uint.MaxValue)];

    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];

    public void Watch(SocketTransportOptions options)
    {
        options.Backlog = Backlog;
        options.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            lock (_lock)
                _sockets.Add(socket);
            return socket;
        };
    }

    /// <summary>Begins no more connections, and waits until those that were begun are accepted and have sent their first request.</summary>
    /// <param name="limit">The longest wait; null for 3 s.</param>
    public async Task QuietAsync(TimeSpan? limit = null)
    {
        Socket[] sockets;
        lock (_lock)
            sockets = [.. _sockets.Where(socket => socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)];
        if (!OperatingSystem.IsLinux() || sockets.Length == 0)
            return;
        foreach (var socket in sockets)
            Filter(socket);

        var watch = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        while (watch.Elapsed - last < Silence && watch.Elapsed < (limit ?? DefaultLimit))
        {
            await Task.Delay(Look).ConfigureAwait(false);
            if (newcomers.Any || sockets.Any(HasWaiting))
                last = watch.Elapsed;
        }
    }

    private static bool HasWaiting(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static unsafe void Filter(Socket socket)
    {
        Span<byte> program = stackalloc byte[DropNewConnections.Length * 8];
        for (int i = 0; i < DropNewConnections.Length; i++)
        {
            var (code, whenTrue, whenFalse, value) = DropNewConnections[i];
            var instruction = program[(i * 8)..];
            BitConverter.TryWriteBytes(instruction, code);
            instruction[2] = whenTrue;
            instruction[3] = whenFalse;
            BitConverter.TryWriteBytes(instruction[4..], value);
        }

        try
        {
            fixed (byte* start = program)
            {
                // struct sock_fprog: the number of instructions, and where they are.
                Span<byte> argument = stackalloc byte[2 * sizeof(nint)];
                argument.Clear();
                BitConverter.TryWriteBytes(argument, (ushort)DropNewConnections.Length);
                BitConverter.TryWriteBytes(argument[sizeof(nint)..], (nint)start);
                socket.SetRawSocketOption(SocketLevel, AttachFilter, argument);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Some sandboxes know no filters. Then a connection may be reset, as it is elsewhere.
        }
    }
}
