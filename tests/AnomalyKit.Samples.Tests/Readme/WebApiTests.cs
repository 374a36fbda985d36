using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AnomalyKit.Samples.Tests.CreditCard;

namespace AnomalyKit.Samples.Tests.Readme;

/// <summary>The server of the sample answers the requests of its README with the answers of its README.</summary>
public sealed partial class WebApiTests
{
    private const string Listening = "Now listening on: ";

    [Fact]
    public async Task Requests_have_the_answers_that_the_readme_shows()
    {
        var commands = ReadmeCommand.Of("WebApi");
        Assert.StartsWith(Listening, Assert.Single(commands[0].Prints), StringComparison.Ordinal);
        string address = commands[0].Prints[0][Listening.Length..];
        var requests = commands.Skip(1).ToArray();
        Assert.NotEmpty(requests);

        using var run = new SampleRun("WebApi");
        using var server = run.Start(commands[0].Line, "--urls", "http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = new Uri(await server.WaitForLineAsync(Listening)) };
        await WaitUntilReadyAsync(client);
        foreach (var request in requests)
        {
            var curl = Curl().Match(request.Line);
            Assert.True(curl.Success, $"This test does not understand: {request.Line}");
            Assert.StartsWith($"{address}/", curl.Groups["url"].Value, StringComparison.Ordinal);
            using var content = new StringContent(curl.Groups["data"].Value, new MediaTypeHeaderValue(curl.Groups["type"].Value));
            using var response = await client.PostAsync(new Uri(curl.Groups["url"].Value[address.Length..], UriKind.Relative), content);
            string answer = await response.Content.ReadAsStringAsync();
            Assert.Equal("json", request.Language);
            Assert.True(JsonNode.DeepEquals(Parse(string.Join('\n', request.Prints)), Parse(answer)), $"{request.Line}\nis answered:\n{answer}");
        }

        foreach (string path in (string[])["/health/ready", "/openapi/v1.json", "/try"])
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_body_that_cannot_be_used_is_refused_with_the_reason(string environment)
    {
        using var run = new SampleRun("WebApi");
        using var server = run.Start(ReadmeCommand.Of("WebApi")[0].Line, "--urls", "http://127.0.0.1:0", "--environment", environment);
        using var client = new HttpClient { BaseAddress = new Uri(await server.WaitForLineAsync(Listening)) };
        await WaitUntilReadyAsync(client);
        await RefusedAsync("""{"id": """, "Path: $.id");
        await RefusedAsync("[]", "Path: $");
        await RefusedAsync("""{"id": "A5", "amount": "31.90 EUR", "hour": 14.5, "country": "DE"}""", "Path: $.amount");
        await RefusedAsync("", "no body was provided");

        async Task RefusedAsync(string body, string reason)
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            using var response = await client.PostAsync(new Uri("/payments", UriKind.Relative), content);
            string answer = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == System.Net.HttpStatusCode.BadRequest, $"'{body}' is answered with {response.StatusCode}: {answer}");
            Assert.Contains(reason, (string?)JsonNode.Parse(answer)!["detail"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_model_the_sender_is_told_to_wait_and_the_log_says_why()
    {
        using var models = new TemporaryFolder();
        await File.WriteAllTextAsync(models.File("payments.akm"), "no model");
        using var run = new SampleRun("WebApi");
        using var server = run.Start(ReadmeCommand.Of("WebApi")[0].Line, "--urls", "http://127.0.0.1:0", "--AnomalyDetection:ModelFolder", models.Path);
        using var client = new HttpClient { BaseAddress = new Uri(await server.WaitForLineAsync(Listening)) };
        using var content = new StringContent("""{"id": "A1", "amount": 31.90, "hour": 14.5, "country": "DE"}""", new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri("/payments", UriKind.Relative), content);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("No model can be asked at the moment. Try again later.", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]);
        await server.WaitForLineAsync("There is no model 'payments'");
    }

    /// <summary>The server listens before it has loaded its model and prepared its reasons.</summary>
    private static async Task WaitUntilReadyAsync(HttpClient client)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            if (response.IsSuccessStatusCode)
                return;
            Assert.True(watch.Elapsed < Patience.Long, $"Not ready after {watch.Elapsed}: {await response.Content.ReadAsStringAsync()}");
            await Task.Delay(20);
        }
    }

    /// <summary>An answer without the fields that differ each time.</summary>
    private static JsonNode? Parse(string json)
    {
        var node = JsonNode.Parse(json);
        foreach (string field in (string[])["latency_ms", "traceId"])
            (node as JsonObject)?.Remove(field);
        return node;
    }

    [GeneratedRegex("^curl -s '?(?<url>[^' ]+)'? -H 'Content-Type: (?<type>[^']+)' -d '(?<data>[^']+)'$")]
    private static partial Regex Curl();
}
