using System.Net;
using System.Text;
using AnomalyKit.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Tests.Guarding;

/// <summary>No route without a key but health, whatever its spelling; and no key that is none.</summary>
public sealed class KeyTests
{
    private const string Body = """{"data":[[0,0,0,0]]}""";

    [Fact]
    public async Task Every_endpoint_but_health_and_the_bare_page_asks_for_a_key()
    {
        await using var host = await StartAsync();
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        Assert.True(endpoints.Length > 15, $"Only {endpoints.Length} endpoints were found.");
        foreach (var endpoint in endpoints)
        {
            string pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            bool isOpen = pattern.StartsWith("/health/", StringComparison.Ordinal) || pattern == "/try" || pattern.StartsWith("/v2/health/", StringComparison.Ordinal);
            string path = pattern.Replace("{**rest}", "any/thing", StringComparison.Ordinal).Replace("{name}", "numbers", StringComparison.Ordinal)
                .Replace("{model}", "numbers", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
            foreach (string spelling in new[] { path, path + "/", path.ToUpperInvariant(), "/." + path, "/x/.." + path })
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Head })
                {
                    using var request = new HttpRequestMessage(method, new Uri(host.Address, spelling)) { Content = method == HttpMethod.Post ? new StringContent(Body) : null };
                    using var response = await host.Client.SendAsync(request);
                    Assert.True(isOpen || response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed, $"{method} {spelling} answered {response.StatusCode}.");
                    Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
                }
            }
        }

        host.Log.HasNoProblems();
    }

    [Theory]
    [InlineData("X-Api-Key", Secrets.Key, true)]
    [InlineData("X-Api-Key", Secrets.Admin, true)]
    [InlineData("Authorization", "Bearer " + Secrets.Key, true)]
    [InlineData("authorization", "bearer  " + Secrets.Key + " ", true)]
    [InlineData("Authorization", "Basic " + Secrets.Key, false)]
    [InlineData("Authorization", Secrets.Key, false)]
    [InlineData("Authorization", "Bearer ", false)]
    [InlineData("X-Api-Key", "", false)]
    [InlineData("X-Api-Key", " ", false)]
    [InlineData("X-Api-Key", Secrets.Key + "x", false)]
    [InlineData("X-Api-Key", "k-5f3d9c0a7", false)]
    [InlineData("X-Api-Key", "K-5F3D9C0A7B", false)]
    public async Task Only_the_key_itself_opens(string header, string value, bool isOpen)
    {
        await using var host = await StartAsync();
        var response = await host.Client.SendAsync(Post("/predict").With(header, value));
        Assert.Equal(isOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_hash_is_no_key_and_two_keys_are_none()
    {
        await using var host = await StartAsync();
        var refused = (await host.SendAsync(Post("/predict").With("X-Api-Key", Secrets.HashOf(Secrets.Key)))).IsProblem(HttpStatusCode.Unauthorized, "needs an API key");
        Assert.Equal("Bearer realm=\"AnomalyKit\"", refused.Response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(Post("/predict").With("X-Api-Key", Secrets.Key).With("X-Api-Key", "other"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(Post("/predict").With("X-Api-Key", new string('k', 6000)))).Status);
        // Keys in addresses end in logs.
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync($"/predict?api_key={Secrets.Key}", Body)).Status);
    }

    [Fact]
    public async Task Other_endpoints_of_the_host_are_guarded_by_the_same_keys()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], Secrets.Add, map: app =>
        {
            app.Map("/metrics", (RequestDelegate)(context => context.Response.WriteAsync("{}"))).RequireAnomalyKitKey();
            app.Map("/fails", (RequestDelegate)(_ => throw new FormatException("secret text"))).RequireAnomalyKitKey();
        });
        (await host.GetAsync("/metrics")).IsProblem(HttpStatusCode.Unauthorized, "API key");
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/metrics").With("X-Api-Key", Secrets.Key))).Status);
        var failed = (await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/fails").With("X-Api-Key", Secrets.Key))).IsProblem(HttpStatusCode.InternalServerError, "trace id");
        Assert.DoesNotContain("secret text", failed.Json.GetRawText(), StringComparison.Ordinal);

        var grpc = new HttpRequestMessage(HttpMethod.Post, "/metrics") { Content = new StringContent("") };
        grpc.Content.Headers.ContentType = new("application/grpc");
        var response = await host.Client.SendAsync(grpc);
        Assert.Equal("16", Assert.Single(response.Headers.GetValues("grpc-status")));
    }

    [Fact]
    public async Task Too_little_memory_is_a_reason_to_come_back()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], Secrets.Add, map: app =>
            app.Map("/large", (RequestDelegate)(_ => throw new InsufficientMemoryException())).RequireAnomalyKitKey());
        var refused = (await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/large").With("X-Api-Key", Secrets.Key))).IsProblem(HttpStatusCode.ServiceUnavailable, "too little memory");
        Assert.Equal("2", refused.Response.Headers.RetryAfter!.ToString());
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains("A request to /large found too little memory.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_are_never_logged()
    {
        await using var host = await StartAsync();
        await host.Client.SendAsync(Post("/predict").With("X-Api-Key", Secrets.Key));
        await host.Client.SendAsync(Post("/predict").With("Authorization", "Bearer wrong-but-private"));
        await host.Client.SendAsync(Post("/v1/admin/models/numbers/load").With("X-Api-Key", Secrets.Admin));
        // The client has its answer before the last line is logged.
        await host.StopAsync();
        string log = string.Join('\n', host.Log.Entries.Select(entry => entry.Text));
        Assert.Contains("/predict", log, StringComparison.Ordinal);
        foreach (string secret in new[] { Secrets.Key, Secrets.Admin, "wrong-but-private", Secrets.HashOf(Secrets.Key) })
            Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Administration: POST /v1/admin/models/numbers/load by API key 'operator' has ended: 404.", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_have_a_rate()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options =>
        {
            options.Keys.Add(new ApiKeyOptions { Name = "slow", Sha256 = Secrets.HashOf("slow"), MaxRequestsPerSecond = .01 });
            options.Keys.Add(new ApiKeyOptions { Name = "free", Sha256 = Secrets.HashOf("free") });
        });
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Post("/predict").With("X-Api-Key", "slow"))).Status);
        var refused = (await host.SendAsync(Post("/predict").With("X-Api-Key", "slow"))).IsProblem(HttpStatusCode.TooManyRequests, "requests per second");
        Assert.InRange(int.Parse(refused.Response.Headers.RetryAfter!.ToString(), System.Globalization.CultureInfo.InvariantCulture), 60, 100);
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Post("/predict").With("X-Api-Key", "free"))).Status);
    }

    private static Task<ServingHost> StartAsync() => ServingHost.StartAsync([TestModels.Numbers()], Secrets.Add);

    private static HttpRequestMessage Post(string path) => new(HttpMethod.Post, path) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
}
