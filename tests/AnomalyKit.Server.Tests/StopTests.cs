using System.Net;
using System.Net.Sockets;
using System.Text;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests;

/// <summary>A rollout must not cost a request.</summary>
public sealed class StopTests
{
    private const string SlowBody = """{"data": [[0.1, 0.2, 0.3, 0.4]]}""";

    [UnixFact]
    public async Task Sigterm_under_load_loses_nothing()
    {
        using var folder = new TempFolder();
        TestModels.Write(folder.File("model.akm"), 1);
        await using var server = await ServerProcess.StartAsync(folder.File("model.akm"), "--stop-delay", "5", "--set", "AnomalyDetection:Server:MinBytesPerSecond=1");
        await server.ReadyAsync();
        await using var load = new Load(server.Http, clients: 8, columns: 4);
        await load.UntilAsync(200);

        // One request is on its way when the signal comes, and arrives whole only after the listener was closed.
        using var slow = await SlowRequest.BeginAsync(server.Http, SlowBody);
        long before = load.Answered;
        server.Signal("TERM");
        using (var client = server.Client())
            await server.UntilAsync(() => IsNotReadyAsync(client));
        await load.UntilTheServerIsGoneAsync();
        Assert.StartsWith("HTTP/1.1 200", await slow.FinishAsync(), StringComparison.Ordinal);

        Assert.Equal(0, await server.WaitAsync());
        Assert.Null(load.Lost);
        Assert.True(load.Answered > before, "nothing was answered after the signal");
    }

    [UnixFact]
    public async Task Who_keeps_a_connection_is_asked_to_leave_it()
    {
        await using var server = await ServerProcess.StartAsync("--stop-delay", "30");
        await server.ReadyAsync();
        using var client = server.Client();
        using (var before = await client.GetAsync(new Uri("/v2", UriKind.Relative)))
            Assert.NotEqual(true, before.Headers.ConnectionClose);
        server.Signal("TERM");
        await server.UntilAsync(() => IsNotReadyAsync(client));
        // In the shape that it has at other times.
        using var health = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("""{"status":"not_ready","reasons":["The service is stopping."]}""", await health.Content.ReadAsStringAsync());
        using var after = await client.GetAsync(new Uri("/v2", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(true, after.Headers.ConnectionClose);
    }

    [UnixFact]
    public async Task A_request_that_does_not_end_is_cut_off_at_the_deadline()
    {
        await using var server = await ServerProcess.StartAsync("--stop-delay", "0", "--stop-timeout", "0.5");
        await server.ReadyAsync();
        using var slow = await SlowRequest.BeginAsync(server.Http, SlowBody);
        server.Signal("TERM");
        Assert.Equal(0, await server.WaitAsync());
    }

    private static async Task<bool> IsNotReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            // A connection that was kept from before is closed.
            return false;
        }
    }

    /// <summary>A request of which the last byte is held back.</summary>
    private sealed class SlowRequest(TcpClient connection, string rest) : IDisposable
    {
        public static async Task<SlowRequest> BeginAsync(Uri server, string body)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(server.Host, server.Port);
            string head = $"POST /predict HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body[..^1]));
            // So that it is being read when the signal comes.
            await Task.Delay(100);
            return new SlowRequest(connection, body[^1..]);
        }

        public async Task<string> FinishAsync()
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(rest));
            using var reader = new StreamReader(connection.GetStream());
            return await reader.ReadToEndAsync();
        }

        public void Dispose() => connection.Dispose();
    }
}
