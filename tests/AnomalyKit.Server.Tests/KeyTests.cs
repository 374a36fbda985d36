using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnomalyKit.Server.Tests.Support;

namespace AnomalyKit.Server.Tests;

/// <summary>With keys, nothing but health is open.</summary>
public sealed class KeyTests
{
    private const string Key = "a-key-for-this-test-only";

    [Fact]
    public async Task Without_a_key_only_health_answers()
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        await using var server = await ServerProcess.StartAsync("--set", "AnomalyDetection:Serving:Keys:0:Name=test", "--set", "AnomalyDetection:Serving:Keys:0:Sha256=" + hash);
        await server.ReadyAsync();
        using var client = server.Client();
        foreach (string path in (string[])["/v2/health/live", "/v2/health/ready", "/health/live", "/health/ready"])
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        foreach (string path in (string[])["/metrics", "/metrics/", "/METRICS", "/v2", "/v2/models/example", "/v1/models"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        foreach (string path in (string[])["/predict", "/PREDICT/", "/v2/models/example/infer", "/v1/models/example/score"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent("{}"))).StatusCode);

        client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        Assert.DoesNotContain(Key, server.Log, StringComparison.Ordinal);
    }
}
