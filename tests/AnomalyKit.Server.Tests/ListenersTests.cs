using System.Net;
using System.Net.Sockets;
using AnomalyKit.Server.Stopping;
using AnomalyKit.Server.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AnomalyKit.Server.Tests;

/// <summary>Before the listening sockets are closed, everyone who got through is heard.</summary>
public sealed class ListenersTests
{
    [UnixFact]
    public async Task A_connection_that_waits_to_be_accepted_is_waited_for()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var listeners = new Listeners(new Newcomers());
        using var socket = Listen(listeners);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)socket.LocalEndPoint!);
        var quiet = listeners.QuietAsync(Patience.Long);
        await Task.Delay(500);
        Assert.False(quiet.IsCompleted);
        using var accepted = await socket.AcceptAsync();
        await quiet.WaitAsync(Patience.Long);
    }

    [UnixFact]
    public async Task A_connection_that_was_accepted_has_time_to_ask()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var newcomers = new Newcomers(Patience.Long);
        var listeners = new Listeners(newcomers);
        using var socket = Listen(listeners);
        newcomers.Come("a");
        newcomers.Come("b");
        var quiet = listeners.QuietAsync(Patience.Long);
        newcomers.Ask("a");
        await Task.Delay(500);
        Assert.False(quiet.IsCompleted);
        newcomers.Ask("b");
        await quiet.WaitAsync(Patience.Long);
    }

    [Fact]
    public async Task A_connection_that_never_asks_is_not_waited_for()
    {
        var newcomers = new Newcomers(TimeSpan.Zero);
        var listeners = new Listeners(newcomers);
        using var socket = Listen(listeners);
        newcomers.Come("a");
        await listeners.QuietAsync(TimeSpan.MaxValue).WaitAsync(Patience.Long);
    }

    private static Socket Listen(Listeners listeners)
    {
        var options = new SocketTransportOptions();
        listeners.Watch(options);
        var socket = options.CreateBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(options.Backlog);
        return socket;
    }
}
