using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Net.Client;
using Inference;

namespace AnomalyKit.LoadClient;

/// <summary>Calls <c>ModelInfer</c> one after the other over each of some connections, for a while.</summary>
internal static class GrpcLoad
{
    public static async Task<string> RunAsync(Uri address, string model, int rows, int connections, TimeSpan duration)
    {
        var request = Request(model, rows);
        using var end = new CancellationTokenSource(duration);
        var watch = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => CallAsync(address, request, rows, end.Token))));
        double seconds = watch.Elapsed.TotalSeconds;
        double[] times = [.. results.SelectMany(result => result.Times).Order()];
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"requests": {{times.Length}}, "failed": {{results.Sum(result => result.Failed)}}, "requests_per_second": {{times.Length / seconds:F1}}, "rows_per_second": {{times.Length * (double)rows / seconds:F0}}, "p50_ms": {{At(times, .5):F3}}, "p99_ms": {{At(times, .99):F3}}}
            """);
    }

    private static ModelInferRequest Request(string model, int rows)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, rows * Models.Columns).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        var request = new ModelInferRequest { ModelName = model };
        request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = "rows", Datatype = "FP32", Shape = { rows, Models.Columns } });
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "score" });
        request.RawInputContents.Add(ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)));
        return request;
    }

    private static async Task<(List<double> Times, int Failed)> CallAsync(Uri address, ModelInferRequest request, int rows, CancellationToken end)
    {
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(channel);
        var times = new List<double>();
        int failed = 0;
        while (!end.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                var answer = await client.ModelInferAsync(request, cancellationToken: CancellationToken.None);
                failed += answer.RawOutputContents[0].Length == rows * sizeof(float) ? 0 : 1;
            }
            catch (global::Grpc.Core.RpcException)
            {
                failed++;
                continue;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (times, failed);
    }

    private static double At(double[] sorted, double quantile) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))];
}
