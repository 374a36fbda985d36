using System.Diagnostics.Metrics;
using System.Net;
using AnomalyKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Tests.Guarding;

/// <summary>Refused requests are counted by reason and logged, without keys and rows, and without filling the log.</summary>
public sealed class RefusalTests
{
    private const string Category = "AnomalyKit.Serving.Refusals.RefusalLog: ";
    private const string Secret = "hidden-4711";

    [Fact]
    public async Task Each_reason_is_counted_and_logged_without_what_the_client_sent()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options =>
        {
            Secrets.Add(options);
            options.MaxRequestRows = 2;
            options.Keys.Add(new ApiKeyOptions { Name = "slow", Sha256 = Secrets.HashOf("slow-key"), MaxRequestsPerSecond = .01 });
        });
        var counts = Listen(host, out var listener);
        using var _ = listener;
        const string Score = "/v1/models/mixed/score";
        await SendAsync(Score, "[]", key: null, HttpStatusCode.Unauthorized);
        await SendAsync(Score + "?api_key=" + Secret, "[]", Secret, HttpStatusCode.Unauthorized);
        await SendAsync(Score + "?api_key=" + Secret, "[]", Secrets.Key, HttpStatusCode.BadRequest);
        await SendAsync("/v1/admin/models/mixed/unload", "", Secrets.Key, HttpStatusCode.Forbidden);
        await SendAsync(Score, $$"""[{"amount": 1, "merchant": {{4711}}, "card_present": true, "paid_at": "{{Secret}}"}]""", Secrets.Key, HttpStatusCode.BadRequest);
        await SendAsync(Score, "[" + Secret, Secrets.Key, HttpStatusCode.BadRequest);
        await SendAsync("/v1/models/none%0Afake/score", "[]", Secrets.Key, HttpStatusCode.NotFound);
        await SendAsync("/v1/nowhere", "[]", Secrets.Key, HttpStatusCode.NotFound);
        await SendAsync("/v2/models/mixed", "[]", Secrets.Key, HttpStatusCode.MethodNotAllowed);
        await SendAsync(Score, """[[1, "x", true, null],[1, "x", true, null],[1, "x", true, null]]""", Secrets.Key, HttpStatusCode.RequestEntityTooLarge);
        await SendAsync(Score, "[]", "slow-key", HttpStatusCode.OK);
        await SendAsync(Score, "[]", "slow-key", HttpStatusCode.TooManyRequests);
        Assert.Equal(
            ["json 400 1", "key_rate 429 1", "method 405 1", "no_key 401 2", "not_admin 403 1", "request 400 1", "row 400 1", "row_count 413 1", "unknown_model 404 1", "unknown_route 404 1"],
            counts.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));

        string[] lines = Lines(host, LogLevel.Information);
        Assert.Equal(10, lines.Length);
        Assert.Single(Lines(host, LogLevel.Debug));
        string row = Assert.Single(lines, line => line.Contains("(row)", StringComparison.Ordinal));
        Assert.Contains("Refused with 400 (row): POST /v1/models/mixed/score from 127.0.0.1 with API key 'billing': row 0, column 'merchant', does not fit the model; the client was told why", row, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("/v1/models/none%0Afake/score", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("The request has more than 2 rows", StringComparison.Ordinal));
        foreach (string line in lines.Concat(Lines(host, LogLevel.Debug)))
        {
            foreach (string hidden in (string[])[Secret, "4711", Secrets.Key, Secrets.Admin, "slow-key", "api_key", "\n"])
                Assert.DoesNotContain(hidden, line, StringComparison.Ordinal);
        }

        async Task SendAsync(string path, string body, string? key, HttpStatusCode expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
            if (key is not null)
                request.With("X-Api-Key", key);
            using var response = await host.Client.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_flood_is_one_line_until_the_minute_is_over()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], Secrets.Add);
        var counts = Listen(host, out var listener);
        using var _ = listener;
        for (int i = 0; i < 300; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync("/predict", "{}")).Status);
        Assert.Equal(300, counts["no_key 401"]);
        Assert.Single(Lines(host, LogLevel.Information));
        Assert.Equal(299, Lines(host, LogLevel.Debug).Length);
    }

    [Fact]
    public void The_next_line_says_how_many_were_left_out()
    {
        var clock = new Clock();
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var keys = new AnomalyKit.Serving.Keys.KeyRing(Microsoft.Extensions.Options.Options.Create(new AnomalyServingOptions()), loggers.CreateLogger<AnomalyKit.Serving.Keys.KeyRing>());
        var refusals = new AnomalyKit.Serving.Refusals.RefusalLog(services.GetRequiredService<IMeterFactory>(), keys, loggers.CreateLogger<AnomalyKit.Serving.Refusals.RefusalLog>(), clock);
        var busy = new AnomalyKit.Serving.Errors.RequestException(429, "Too many.");
        for (int i = 0; i < 5; i++)
            refusals.Add(null, busy);
        clock.Seconds += 61;
        refusals.Add(null, busy);
        string[] texts = [.. log.Entries.Where(entry => entry.Level == LogLevel.Information).Select(entry => entry.Text)];
        Assert.Equal(2, texts.Length);
        Assert.Contains("0 more were refused", texts[0], StringComparison.Ordinal);
        Assert.Contains("4 more were refused", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void All_reasons_are_documented()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AnomalyKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        string page = File.ReadAllText(Path.Combine(folder, "docs/serving.md"));
        string[] reasons = [.. typeof(AnomalyKit.Serving.Errors.RefusalReason).GetFields().Select(field => (string)field.GetRawConstantValue()!).Except(["other"])];
        Assert.True(reasons.Length > 15);
        Assert.All(reasons, reason => Assert.Contains($"`{reason}`", page, StringComparison.Ordinal));
    }

    private static string[] Lines(ServingHost host, LogLevel level) =>
        [.. host.Log.Entries.Where(entry => entry.Level == level && entry.Text.StartsWith(Category, StringComparison.Ordinal)).Select(entry => entry.Text)];

    private static Dictionary<string, long> Listen(ServingHost host, out MeterListener listener)
    {
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        var counts = new Dictionary<string, long>();
        listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name == ServingMeters.Refusals)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            string key = string.Join(' ', tags.ToArray().Select(tag => tag.Value));
            lock (counts)
                counts[key] = counts.GetValueOrDefault(key) + value;
        });
        listener.Start();
        return counts;
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
