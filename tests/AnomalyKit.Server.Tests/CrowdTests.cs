using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AnomalyKit.Server.Tests.Support;

namespace AnomalyKit.Server.Tests;

/// <summary>Clients that hold on to what they have: the others do not notice.</summary>
public sealed class CrowdTests
{
    /// <summary>How many connections stay idle; more by the variable <c>ANOMALYKIT_IDLE_CONNECTIONS</c>.</summary>
    private static int IdleConnections => int.TryParse(Environment.GetEnvironmentVariable("ANOMALYKIT_IDLE_CONNECTIONS"), out int count) ? count : 1_000;

    [Fact]
    public async Task Many_idle_connections_disturb_nobody()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        var idle = new List<Socket>();
        try
        {
            for (int i = 0; i < IdleConnections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, server.Http.Port);
            }

            await AnswersOthersAsync(server);
            Assert.InRange(server.ResidentBytes, 1, (256L << 20) + (IdleConnections * 32L << 10));
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Headers_that_arrive_byte_by_byte_are_given_up()
    {
        await using var server = await ServerProcess.StartAsync("--set", "AnomalyDetection:Server:HeaderTimeoutSeconds=1");
        await server.ReadyAsync();
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, server.Http.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /v2 HTTP/1.1\r\nHost: {server.Http.Authority}\r\nX-Slow: "));
        var answer = ReadAllAsync(stream);
        var watch = Stopwatch.StartNew();
        while (!answer.IsCompleted && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            await AnswersOthersAsync(server);
            await Task.Delay(100);
            try
            {
                await stream.WriteAsync("x"u8.ToArray());
            }
            catch (IOException)
            {
                break;
            }
        }

        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stalls_and_an_answer_that_nobody_reads_disturb_nobody()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        var stalled = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 20; i++)
            {
                var client = new TcpClient { ReceiveBufferSize = 1024 };
                stalled.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, server.Http.Port);
                string row = string.Join(',', Enumerable.Repeat("0.5", 30));
                string body = $$"""{"data": [{{string.Join(',', Enumerable.Repeat($"[{row}]", 1_000))}}]}""";
                // Of half of them the body never ends; the others send all and do not read what comes.
                string sent = i % 2 == 0 ? body[..^1] : body;
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{sent}"));
            }

            await AnswersOthersAsync(server);
        }
        finally
        {
            stalled.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_body_of_two_gigabytes_is_refused_before_it_is_read()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        long before = server.ResidentBytes;
        using var huge = new TcpClient();
        await huge.ConnectAsync(IPAddress.Loopback, server.Http.Port);
        var stream = huge.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: {2L << 30}\r\n\r\n"));
        var answer = ReadLineAsync(stream);
        byte[] chunk = new byte[1 << 16];
        try
        {
            for (int i = 0; i < 1_600 && !answer.IsCompleted; i++)
                await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The server hung up.
        }

        Assert.StartsWith("HTTP/1.1 413", await answer, StringComparison.Ordinal);
        Assert.InRange(server.ResidentBytes - before, long.MinValue, 64L << 20);
        await AnswersOthersAsync(server);
    }

    private static async Task AnswersOthersAsync(ServerProcess server)
    {
        using var client = server.Client();
        string row = string.Join(',', Enumerable.Repeat("0.5", 30));
        for (int i = 0; i < 5; i++)
        {
            using var answer = await client.PostAsync(new Uri("/predict", UriKind.Relative), new StringContent($$"""{"data": [[{{row}}]]}"""));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task<string> ReadAllAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return await reader.ReadLineAsync() ?? "";
    }
}
