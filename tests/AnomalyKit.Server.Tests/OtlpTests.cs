using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnomalyKit.Server.Tests.Support;

namespace AnomalyKit.Server.Tests;

/// <summary>Meters and traces are pushed where the environment names a collector, and only there.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Meters_and_traces_go_to_the_collector()
    {
        using var collector = Collector(out string address);
        var paths = new ConcurrentDictionary<string, int>();
        var receiving = Task.Run(async () =>
        {
            while (paths.Count < 2)
            {
                var context = await collector.GetContextAsync();
                paths.TryAdd(context.Request.Url!.AbsolutePath, 0);
                context.Response.Close();
            }
        });
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        };
        await using var server = ServerProcess.Start(["--urls", ServerProcess.AnyPort], environment);
        await server.ListeningAsync();
        using var client = server.Client();
        var watch = Stopwatch.StartNew();
        while (!receiving.IsCompleted && watch.Elapsed < Patience.Long)
        {
            await client.GetAsync(new Uri("/v2", UriKind.Relative));
            await Task.Delay(100);
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], paths.Keys.Order(StringComparer.Ordinal));
    }

    private static HttpListener Collector(out string address)
    {
        for (int attempt = 1; ; attempt++)
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            }

            var collector = new HttpListener();
            collector.Prefixes.Add(address);
            try
            {
                collector.Start();
                return collector;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else was given the port in between.
                collector.Close();
            }
        }
    }
}
