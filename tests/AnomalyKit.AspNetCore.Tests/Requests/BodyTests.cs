using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Tests.Requests;

/// <summary>Bodies of all shapes: with and without a length, in pieces, compressed, too large, too slow, cut off.</summary>
public sealed class BodyTests
{
    private static readonly string Rows = "[" + string.Join(",", Enumerable.Range(0, 2000).Select(i => i % 7 == 0 ? "[9,9,9,9]" : FormattableString.Invariant($"[0.{i},0,-0.{i},0]"))) + "]";

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("deflate", false)]
    [InlineData("identity", false)]
    [InlineData(null, false)]
    [InlineData("GZIP", true)]
    [InlineData(null, true)]
    public async Task Bodies_are_read_however_they_come(string? encoding, bool isChunked)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        var answer = await host.SendAsync(Post("/predict", Encoding.UTF8.GetBytes($"{{\"data\":{Rows}}}"), encoding, isChunked));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2000, answer.Json.GetProperty("predictions").GetArrayLength());
        Assert.Equal(1, answer.Json.GetProperty("predictions")[7].GetInt32());
        await AssertIdleAsync(host);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_is_large_when_expanded_is_too_large(string encoding)
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.MaxRequestBytes = 1 << 20);
        byte[] bomb = Encoding.UTF8.GetBytes("{\"data\":[" + new string(' ', 5 << 20) + "]}");
        var answer = await host.SendAsync(Post("/predict", bomb, encoding, isChunked: false));
        answer.IsProblem(HttpStatusCode.RequestEntityTooLarge, "larger than 1048576 bytes");
        await AssertIdleAsync(host);
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task A_body_at_the_limit_is_not_above_it()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.MaxRequestBytes = 1 << 16);
        byte[] body = Encoding.UTF8.GetBytes("{\"data\":[]" + new string(' ', (1 << 16) - 11) + "}");
        Assert.Equal(1 << 16, body.Length);
        foreach (string? encoding in new[] { null, "gzip", "br" })
        {
            Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Post("/predict", body, encoding, isChunked: encoding is null))).Status);
            (await host.SendAsync(Post("/predict", [.. body, (byte)' '], encoding, isChunked: encoding is null))).IsProblem(HttpStatusCode.RequestEntityTooLarge, "65536");
        }
    }

    [Fact]
    public async Task Damaged_and_unknown_encodings_are_the_clients_fault()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        byte[] body = Compress(Encoding.UTF8.GetBytes("{\"data\":[[0,0,0,0]]}"), "gzip");
        body[^9] ^= 0x55;
        foreach (byte[] damaged in new[] { body, body[..^12], "not gzip"u8.ToArray() })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new ByteArrayContent(damaged) };
            request.Content.Headers.ContentEncoding.Add("gzip");
            Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(request)).Status);
        }

        var unknown = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new ByteArrayContent(body) };
        unknown.Content.Headers.ContentEncoding.Add("zstd");
        (await host.SendAsync(unknown)).IsProblem(HttpStatusCode.UnsupportedMediaType, "gzip, br, deflate");
        await AssertIdleAsync(host);
    }

    [Theory]
    [InlineData("Content-Length: 2147483648\r\n\r\n{\"data\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n200000\r\n")]
    public async Task A_body_that_will_be_too_large_is_refused(string rest)
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.MaxRequestBytes = 1 << 20);
        using var client = await host.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: x\r\n{rest}"));
        if (rest.StartsWith('T'))
            await stream.WriteAsync(new byte[(1 << 20) + 1]);
        string answer = await ReadAnswerAsync(stream);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        // Kestrel waits for the rest of a body while the client is there.
        client.Dispose();
        await AssertIdleAsync(host);
    }

    [Fact]
    public async Task A_body_that_stalls_is_ended_and_the_others_do_not_notice()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options =>
        {
            options.MaxBodyTime = TimeSpan.FromSeconds(1);
            options.MaxConcurrentRequests = 2;
            options.MaxScoringRequests = 1;
        });
        var stalled = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var client = await host.ConnectAsync();
            await client.GetStream().WriteAsync("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"data\":"u8.ToArray());
            return client;
        }));
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict", "{\"data\":[[0,0,0,0]]}")).Status);
        foreach (var client in stalled)
        {
            Assert.StartsWith("HTTP/1.1 408", await ReadAnswerAsync(client.GetStream()), StringComparison.Ordinal);
            client.Dispose();
        }

        await AssertIdleAsync(host);
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task A_client_that_leaves_within_its_body_is_no_error()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        for (int i = 0; i < 20; i++)
        {
            using var client = await host.ConnectAsync();
            string head = i % 2 == 0 ? "Content-Length: 50000\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n10\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: x\r\n{head}{{\"data\":"));
            if (i % 4 < 2)
                client.Client.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict", "{\"data\":[[0,0,0,0]]}")).Status);
        await AssertIdleAsync(host);
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task Bodies_that_fill_the_memory_are_refused_with_a_time_to_come_back()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options =>
        {
            options.MaxRequestBytes = 1 << 20;
            options.MaxBufferedBytes = 1 << 20;
        });
        using var other = new PooledBytes(Gate(host), 700_000);
        var answer = await host.SendAsync(Post("/predict", Encoding.UTF8.GetBytes("{\"data\":[" + new string(' ', 600_000) + "]}"), encoding: null, isChunked: false));
        answer.IsProblem(HttpStatusCode.TooManyRequests, "Try again in 1 s");
        Assert.Equal("1", answer.Response.Headers.RetryAfter!.ToString());
    }

    internal static RequestGate Gate(ServingHost host) => host.Services.GetRequiredService<ScoringRequests>().Gate;

    /// <summary>Stops the server, so that all requests have ended, and sees to it that nothing of them is left.</summary>
    internal static async Task AssertIdleAsync(ServingHost host)
    {
        // An answer is there before the request that gave it has ended.
        await host.StopAsync();
        var gate = Gate(host);
        Assert.Equal((0, 0, 0L), (gate.Scoring, gate.Waiting, gate.Bytes));
    }

    internal static async Task Eventually(Func<bool> isTrue)
    {
        var watch = Stopwatch.StartNew();
        while (!isTrue() && watch.Elapsed < Patience.Long)
            await Task.Delay(20);
        Assert.True(isTrue());
    }

    internal static byte[] Compress(byte[] body, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream compressing = encoding switch
        {
            "br" => new BrotliStream(target, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest),
            _ => new GZipStream(target, CompressionLevel.Fastest),
        })
        {
            compressing.Write(body);
        }

        return target.ToArray();
    }

    internal static async Task<string> ReadAnswerAsync(Stream stream)
    {
        using var late = new CancellationTokenSource(Patience.Long);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            // The connection stays a while for the rest of a body: the end of the answer is enough.
            for (int read; !text.ToString().EndsWith('}') && (read = await stream.ReadAsync(buffer, late.Token)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // The server did not wait for the rest of the body.
        }

        return text.ToString();
    }

    private static HttpRequestMessage Post(string path, byte[] body, string? encoding, bool isChunked)
    {
        bool isCompressed = encoding is not null and not "identity";
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(isCompressed ? Compress(body, encoding!.ToLower(CultureInfo.InvariantCulture)) : body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }
}
