using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Requests;

namespace AnomalyKit.Tests.Mutated;

/// <summary>Requests that were bent at random: never an error of the server, never a place or a byte that stays taken, and the next honest request is answered.</summary>
public sealed class MutatedRequestsTests
{
    private const string Row = """{"amount": 50.5, "merchant": "food", "card_present": true, "paid_at": "2026-03-05T03:00:00"}""";

    private static readonly (string Path, string Type, string? Encoding, string Body)[] Requests =
    [
        ("/predict", "application/json", null, """{"data": [[0, 1.5, -2e-3, 0.25], [9, 9, 9, 9]], "id": "a"}"""),
        ("/predict?model=numbers", "application/json", null, """{"data": [0, 1, 2, 3, 4, 5, 6, 7]}"""),
        ("/v1/models/mixed/score", "application/json", null, $"[{Row}, {Row}]"),
        ("/v1/models/mixed/score?explain=2&explain_all=true", "application/json", null, $"{{\"rows\": [{Row}]}}"),
        ("/v1/models/mixed/versions/1/score", "application/json", null, """{"rows": [[50, "food", true, null], [5000, "op\u00e9ra", false, "2026-03-05"]]}"""),
        ("/v1/models/numbers/score?explain=1", "text/plain", null, "[[0, 1, 2, 3], [1e3, -1, 0.5, 2]]"),
        ("/v1/models/mixed/score?explain=1", "application/x-ndjson", null, $"{Row}\n[50, \"food\", true, null]\n\n{Row}\n"),
        ("/v1/models/mixed/score", "application/x-ndjson", "gzip", $"{Row}\n{Row}\n"),
        ("/predict", "application/json", "gzip", """{"data": [[0, 1, 2, 3]]}"""),
        ("/predict", "application/json", "br", """{"data": [[0, 1, 2, 3]]}"""),
        ("/predict", "application/json", "deflate", """{"data": [[0, 1, 2, 3]]}"""),
    ];

    [Fact]
    public async Task Bent_requests_do_no_harm()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("ANOMALYKIT_MUTATED_REQUESTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 3000;
        await using var host = await ServingHost.StartAsync(
            [TestModels.Numbers(), TestModels.Mixed()],
            options =>
            {
                options.MaxRequestBytes = 1 << 20;
                options.MaxBufferedBytes = 16 << 20;
            },
            defaultModel: "numbers");
        var statuses = new Dictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var random = new Random(1000 + worker);
            for (int i = 0; i < count / 8; i++)
            {
                var (path, type, encoding, body) = Requests[random.Next(Requests.Length)];
                using var request = Bent(random, path, type, encoding, body);
                using var response = await host.Client.SendAsync(request);
                byte[] answer = await response.Content.ReadAsByteArrayAsync();
                int status = (int)response.StatusCode;
                Assert.True(status is 200 or (>= 400 and < 500), $"{status} for {request.RequestUri}: {Encoding.UTF8.GetString(answer)}");
                Assert.True(answer.Length > 0 || response.StatusCode == System.Net.HttpStatusCode.OK);
                lock (statuses)
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
        })));
        Assert.True(statuses.GetValueOrDefault(200) > count / 20, "Hardly any request got through: the others test little.");
        Assert.True(statuses.GetValueOrDefault(400) > count / 10, "Hardly any request was bent.");
        Assert.True((await host.PostAsync("/predict", """{"data":[[0,0,0,0]]}""")).Status == System.Net.HttpStatusCode.OK);
        await BodyTests.Eventually(() => BodyTests.Gate(host) is { Scoring: 0, Waiting: 0, Bytes: 0, Streams: 0 });
        host.Log.HasNoProblems();
    }

    private static HttpRequestMessage Bent(Random random, string path, string type, string? encoding, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        // Before and after compression: what a decompressor sees, and what it gives.
        if (encoding is null || random.Next(2) == 0)
            bytes = Mutate(random, bytes);
        if (encoding is not null)
        {
            bytes = BodyTests.Compress(bytes, encoding);
            if (random.Next(2) == 0)
                bytes = Mutate(random, bytes);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        request.Headers.TransferEncodingChunked = random.Next(4) == 0;
        return request;
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var bent = new List<byte>(bytes);
        string[] pieces = ["[", "]", "{", "}", "\"", ",", ":", "null", "1e999", "-0", "\\u0000", "\\uD800", "\n", "\uFEFF", "[[[[", "NaN", "99999999999999999999", "\"rows\":", "\"data\":", "true"];
        for (int changes = random.Next(4); changes > 0 && bent.Count > 0; changes--)
        {
            int at = random.Next(bent.Count);
            switch (random.Next(6))
            {
                case 0:
                    bent[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bent.RemoveAt(at);
                    break;
                case 2:
                    bent.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
                case 3:
                    bent.RemoveRange(at, bent.Count - at);
                    break;
                case 4:
                    bent.InsertRange(at, [.. bent.Skip(random.Next(bent.Count)).Take(random.Next(40))]);
                    break;
                default:
                    bent.InsertRange(at, [.. Enumerable.Repeat((byte)"[{ 9"[random.Next(4)], random.Next(200))]);
                    break;
            }
        }

        return [.. bent];
    }
}
