using System.Diagnostics;
using System.IO.Compression;
using Grpc.Core;
using Inference;
using static AnomalyKit.AspNetCore.Grpc.Tests.RawCall;
using static AnomalyKit.AspNetCore.Grpc.Tests.Tensors;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Limits and keys are those of the HTTP endpoints.</summary>
public sealed class LimitTests
{
    private static readonly ModelInferRequest Request = Request("numbers", Input("x", "FP64", [1, 4], Doubles(1, 2, 3, 4)));

    [Fact]
    public async Task Large_messages_are_taken_up_to_the_limit_of_a_body()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => (options.MaxRequestBytes, options.MaxRequestRows) = (8 << 20, 200_000));
        // Above the 4 MiB that servers take by default.
        var response = await server.Client.ModelInferAsync(Raw("numbers", "FP64", [50_000 * 3, 4], new byte[50_000 * 3 * 32]).Asking("label"));
        Assert.Equal(150_000, response.RawOutputContents[0].Length);
    }

    [Fact]
    public async Task Rows_and_bytes_above_the_limits_are_refused()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => (options.MaxRequestBytes, options.MaxRequestRows) = (64 << 10, 100));
        var rows = await FailAsync(async () => await server.Client.ModelInferAsync(Raw("numbers", "FP32", [101, 4], new byte[101 * 16])));
        Assert.Equal(StatusCode.ResourceExhausted, rows.StatusCode);
        Assert.Contains("more than 100 rows", rows.Detail, StringComparison.Ordinal);
        var bytes = await FailAsync(async () => await server.Client.ModelInferAsync(Raw("numbers", "FP32", [100, 4], new byte[65 << 10])));
        Assert.Equal(StatusCode.ResourceExhausted, bytes.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_message_that_grows_above_the_limit_when_expanded_is_refused(string encoding)
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => options.MaxRequestBytes = 1 << 20);
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Host.Address, DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        byte[] small = [.. Google.Protobuf.MessageExtensions.ToByteArray(Request)];
        Assert.Equal("0", await CallAsync(client, encoding, Compress(encoding, small)));
        byte[] bomb = Compress(encoding, new byte[100 << 20]);
        Assert.True(bomb.Length < 1_000_000);
        // Other tests allocate, too: what the call takes shows where the least was taken.
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least >= 50L << 20; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Assert.Equal("8", await CallAsync(client, encoding, bomb));
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, 50L << 20);
        Assert.Equal("8", await CallAsync(client, encoding, new byte[2 << 20]));
        Assert.Equal("3", await CallAsync(client, encoding, [1, 2, 3, 4, 5, 6, 7, 8]));
        await server.Host.StopAsync();
        Assert.Equal(0, Gate(server).Bytes);
    }

    [Fact]
    public async Task Messages_that_all_together_take_too_much_memory_are_refused_at_once()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => (options.MaxRequestBytes, options.MaxBufferedBytes) = (64 << 10, 128 << 10));
        Gate(server).ReserveBytes(120 << 10);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.ModelInferAsync(Raw("numbers", "FP32", [2000, 4], new byte[32_000])));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Gate(server).ReleaseBytes(120 << 10);
        Assert.Equal(2000, (await server.Client.ModelInferAsync(Raw("numbers", "FP32", [2000, 4], new byte[32_000]))).Scores().Length);
        await server.Host.StopAsync();
        Assert.Equal(0, Gate(server).Bytes);
    }

    [Fact]
    public async Task A_message_that_does_not_arrive_is_given_up()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => options.MaxBodyTime = TimeSpan.FromSeconds(1));
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Host.Address, DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var never = new StalledContent();
        using var request = Post(never, null);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("4", response.Headers.GetValues("grpc-status").Single());
        never.GiveUp();
        await UntilNothingIsHeldAsync(server);
        Assert.Equal(0, Gate(server).Bytes);
    }

    [Fact]
    public async Task A_call_of_two_messages_leaves_no_bytes_behind()
    {
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers]);
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Host.Address, DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        byte[] message = Google.Protobuf.MessageExtensions.ToByteArray(Request);
        byte[] framed = [0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];
        using var content = new ByteArrayContent([.. framed, .. framed]);
        using var request = Post(content, null);
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        Assert.NotEqual("0", (response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer : response.Headers.GetValues("grpc-status")).Single());
        await UntilNothingIsHeldAsync(server);
        Assert.Equal(0, Gate(server).Bytes);
    }

    [Fact]
    public async Task Keys_are_asked_for_everywhere_but_at_health()
    {
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("k-0a7b5f3d9c"u8));
        await using var server = await GrpcServer.StartAsync([GrpcFixture.Numbers], options => options.Keys.Add(new ApiKeyOptions { Name = "k", Sha256 = hash }));
        var client = server.Client;
        Func<CallOptions, Task>[] calls =
        [
            async options => await client.ModelInferAsync(Request, options),
            async options => await client.ModelMetadataAsync(new ModelMetadataRequest { Name = "numbers" }, options),
            async options => await client.ModelReadyAsync(new ModelReadyRequest { Name = "numbers" }, options),
            async options => await client.ServerMetadataAsync(new ServerMetadataRequest(), options),
        ];
        foreach (var call in calls)
        {
            Assert.Equal(StatusCode.Unauthenticated, (await FailAsync(() => call(default))).StatusCode);
            Assert.Equal(StatusCode.Unauthenticated, (await FailAsync(() => call(new CallOptions([new("x-api-key", "wrong")])))).StatusCode);
            await call(new CallOptions([new("x-api-key", "k-0a7b5f3d9c")]));
            await call(new CallOptions([new("authorization", "Bearer k-0a7b5f3d9c")]));
        }

        Assert.True((await client.ServerLiveAsync(new ServerLiveRequest())).Live);
        Assert.True((await client.ServerReadyAsync(new ServerReadyRequest())).Ready);
    }

    [Fact]
    public async Task Services_that_are_missing_are_named()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await AnomalyKit.Tests.Hosting.ServingHost.StartAsync(
            [GrpcFixture.Numbers], map: app => Microsoft.AspNetCore.Builder.AnomalyDetectionGrpcEndpointRouteBuilderExtensions.MapAnomalyDetectionGrpc(app)));
        Assert.Contains("AddAnomalyDetectionGrpc", failure.Message, StringComparison.Ordinal);
    }

    private static Serving.Requests.RequestGate Gate(GrpcServer server) =>
        ((Serving.Requests.ScoringRequests)server.Host.Services.GetService(typeof(Serving.Requests.ScoringRequests))!).Gate;

    private static async Task UntilNothingIsHeldAsync(GrpcServer server)
    {
        var watch = Stopwatch.StartNew();
        while (Gate(server).Bytes > 0 && watch.Elapsed < Patience.Long)
            await Task.Delay(20);
    }

    private static async Task<string> CallAsync(HttpClient client, string encoding, byte[] compressed)
    {
        byte[] length = BitConverter.GetBytes(compressed.Length);
        Array.Reverse(length);
        using var content = new ByteArrayContent([1, .. length, .. compressed]);
        using var request = Post(content, encoding);
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return (response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) ? trailer : response.Headers.GetValues("grpc-status")).Single();
    }

    private static HttpRequestMessage Post(HttpContent content, string? encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/inference.GRPCInferenceService/ModelInfer") { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        request.Headers.Add("grpc-accept-encoding", "identity,gzip,deflate");
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        return request;
    }

    private static byte[] Compress(string encoding, byte[] message)
    {
        var output = new MemoryStream();
        using (Stream stream = encoding == "gzip" ? new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true) : new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(message);
        return output.ToArray();
    }

    /// <summary>A body that announces a message and stops.</summary>
    private sealed class StalledContent : HttpContent
    {
        private readonly TaskCompletionSource _end = new();

        public void GiveUp() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync((byte[])[0, 0, 0, 1, 0, 1, 2, 3]);
            await stream.FlushAsync();
            await _end.Task.WaitAsync(Patience.Long);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
