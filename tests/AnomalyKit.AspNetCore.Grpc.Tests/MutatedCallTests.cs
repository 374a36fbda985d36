using System.Globalization;
using AnomalyKit.Tests.Tables;
using Google.Protobuf;
using Grpc.Core;
using Inference;
using static AnomalyKit.AspNetCore.Grpc.Tests.Tensors;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Damaged messages: an answer or a status that names the fault, never INTERNAL or UNKNOWN.</summary>
public sealed class MutatedCallTests
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("ANOMALYKIT_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 2000;

    [Fact]
    public async Task Damaged_messages_are_answered()
    {
        await using var server = await GrpcServer.StartAsync(
            [GrpcFixture.Numbers, GrpcFixture.Mixed], options => (options.MaxRequestBytes, options.MaxBufferedBytes, options.MaxRequestRows) = (1 << 20, 4 << 20, 1000));
        byte[][] seeds = [.. Seeds().Select(request => request.ToByteArray())];
        var codes = new int[20];
        var unexpected = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            byte[] damaged = Mutations.Apply(seeds[i % seeds.Length], i);
            var code = StatusCode.OK;
            try
            {
                await RawCall.InferAsync(server.Channel, damaged);
            }
            catch (RpcException e)
            {
                code = e.StatusCode;
                Assert.NotEqual("", e.Status.Detail);
                if (code is not (StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.ResourceExhausted))
                    unexpected.Enqueue($"{i}: {e.Status} {Convert.ToHexString(damaged)}");
            }

            Interlocked.Increment(ref codes[(int)code]);
        });

        Assert.True(unexpected.IsEmpty, string.Join('\n', unexpected));
        Assert.Equal(Count, codes[(int)StatusCode.OK] + codes[(int)StatusCode.InvalidArgument] + codes[(int)StatusCode.NotFound] + codes[(int)StatusCode.ResourceExhausted]);
        Assert.True(codes[(int)StatusCode.OK] > 0 && codes[(int)StatusCode.InvalidArgument] > Count / 4);
        Assert.DoesNotContain(server.Host.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error && !entry.Text.StartsWith("Grpc.", StringComparison.Ordinal));
        Assert.Equal(0, ((Serving.Requests.ScoringRequests)server.Host.Services.GetService(typeof(Serving.Requests.ScoringRequests))!).Gate.Bytes);
    }

    private static IEnumerable<ModelInferRequest> Seeds()
    {
        yield return Request("numbers", Input("x", "FP64", [3, 4], Doubles([.. Enumerable.Range(0, 12).Select(i => i / 7d)]))).Asking("score", "contributions");
        yield return Raw("numbers", "FP32", [2, 4], new byte[32]);
        var whole = new InferTensorContents();
        whole.IntContents.Add([1, -2, 3, 4]);
        var named = Request("numbers", Input("x", "INT16", [1, 4], whole));
        named.Id = "id";
        named.Parameters.Add("p", new InferParameter { BoolParam = true });
        yield return named;
        var words = new InferTensorContents();
        words.BytesContents.Add(((string[])["books", "", "zürich"]).Select(ByteString.CopyFromUtf8));
        var times = new InferTensorContents();
        times.BytesContents.Add(((string[])["2026-01-01", "", "2026-01-01T10:00:00"]).Select(ByteString.CopyFromUtf8));
        var present = new InferTensorContents();
        present.BoolContents.Add([true, false, true]);
        yield return Request("mixed", Input("merchant", "BYTES", [3], words), Input("paid_at", "BYTES", [3, 1], times), Input("card_present", "BOOL", [3], present), Input("amount", "FP64", [3], Doubles(1, double.NaN, 3)));
    }
}
