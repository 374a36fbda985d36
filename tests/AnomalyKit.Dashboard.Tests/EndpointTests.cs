using System.Net;
using System.Text;
using AnomalyKit.Dashboard.Serving;
using AnomalyKit.Dashboard.Tables;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Dashboard.Tests;

public sealed class EndpointTests(DashboardHost host) : IClassFixture<DashboardHost>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = host.Address };

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("models")]
    [InlineData("scores")]
    [InlineData("live")]
    public async Task Pages_are_there_before_any_script_runs_and_allow_none_but_files(string page)
    {
        var answer = await _client.GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<h1", text, StringComparison.Ordinal);
        Assert.Contains("data-interactive=\"false\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", text.Replace("\\u003Cscript\\u003E", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_runs_stay_text()
    {
        string text = await _client.GetStringAsync("");
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.Contains("&lt;img", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dashboard.css", "text/css")]
    [InlineData("MudBlazor.min.css", "text/css")]
    [InlineData("MudBlazor.min.js", "text/javascript")]
    [InlineData("dashboard.js", "text/javascript")]
    [InlineData("blazor.web.js", "text/javascript")]
    public async Task Scripts_and_styles_come_from_the_assembly(string name, string type)
    {
        var answer = await _client.GetAsync(AssetEndpoints.Url(name));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 1000);
    }

    [Fact]
    public async Task A_download_ends_with_its_page()
    {
        var downloads = host.Services.GetRequiredService<DownloadBook>();
        string ticket = downloads.Offer(_ => [Encoding.UTF8.GetBytes("score\n1\n")]);
        Assert.Equal("score\n1\n", await _client.GetStringAsync($"download/{ticket}"));
        downloads.Withdraw(ticket);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"download/{ticket}")).StatusCode);
    }

    [Fact]
    public async Task Sign_in_of_the_host_covers_pages_files_uploads_and_the_connection()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.Events.OnRedirectToLogin = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        builder.Services.AddAuthorization();
        builder.Services.AddAnomalyDashboard();
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapAnomalyDashboard("/").RequireAuthorization();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        foreach (string path in (string[])["/", "/models", "/scores", "/live", "/assets/dashboard.css", "/download/x", "/_blazor/initializers"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/upload/x", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/_blazor/negotiate", null)).StatusCode);
        await app.StopAsync();
    }

    [Theory]
    [InlineData(false, true, "/dash/models")]
    [InlineData(true, true, null)]
    [InlineData(false, false, null)]
    public async Task Without_a_store_of_runs_it_opens_at_the_models(bool hasRuns, bool hasModels, string? start)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAnomalyDashboard(options => options.RunStore = hasRuns ? host.Store : null);
        if (hasModels)
            builder.Services.AddAnomalyDetection().AddModel("payments", host.Detector);
        await using var app = builder.Build();
        app.MapAnomalyDashboard("/dash");
        await app.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        foreach (string path in (string[])["/dash", "/dash/"])
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal((start is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, start), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        }

        // What is not the start stays where it is.
        foreach (string path in (string[])["/dash/models", "/dash/scores", "/dash/live", "/dash/runs/x"])
            Assert.NotEqual(HttpStatusCode.Redirect, (await client.GetAsync(path)).StatusCode);
        await app.StopAsync();
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "scores")]
    [InlineData("POST", "_blazor/negotiate?negotiateVersion=1")]
    [InlineData("GET", "_blazor")]
    [InlineData("POST", "upload/x")]
    [InlineData("GET", "download/x")]
    public async Task Pages_of_other_origins_are_refused(string method, string path)
    {
        string own = host.Address.GetLeftPart(UriPartial.Authority);
        foreach (string origin in (string[])["https://evil.example", "null", own.Replace("http:", "https:", StringComparison.Ordinal), "http://127.0.0.1:1", own + " https://evil.example"])
            Assert.Equal(HttpStatusCode.Forbidden, await AnswerAsync(method, path, origin));
        foreach (string? origin in (string?[])[own, DashboardHost.ProxyOrigin, null])
            Assert.NotEqual(HttpStatusCode.Forbidden, await AnswerAsync(method, path, origin));
    }

    private async Task<HttpStatusCode> AnswerAsync(string method, string path, string? origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return (await _client.SendAsync(request)).StatusCode;
    }
}
