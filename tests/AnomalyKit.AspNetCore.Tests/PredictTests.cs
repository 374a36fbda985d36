using System.Net;
using System.Text;
using System.Text.Json;
using AnomalyKit.Tests.Hosting;

namespace AnomalyKit.Tests;

public sealed class PredictTests
{
    [Fact]
    public async Task Rows_are_answered_as_the_reference_does()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        var response = await PostAsync(host, """{"data": [[0, 0, 0, 0], [9, 9, 9, 9], [0.1, -2e-1, null, 0]]}""".Replace("null", "0.5"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal([0, 1, 0], json.RootElement.GetProperty("predictions").EnumerateArray().Select(item => item.GetInt32()));
        Assert.InRange(json.RootElement.GetProperty("latency_ms").GetDouble(), 0, 60_000);
    }

    private static Task<HttpResponseMessage> PostAsync(ServingHost host, string body) => host.Client.PostAsync("/predict", new StringContent(body, Encoding.UTF8, "application/json"));
}
