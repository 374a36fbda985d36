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
    public async Task An_upload_needs_a_ticket_which_is_good_once()
    {
        var uploads = host.Services.GetRequiredService<UploadBook>();
        string path = Path.GetTempFileName();
        File.Delete(path);
        string ticket = uploads.Announce(new UploadPlace(path, 100));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync("upload/0000", new StringContent("a"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.PostAsync($"upload/{ticket}", new StringContent("a,b\n1,2\n"))).StatusCode);
        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync($"upload/{ticket}", new StringContent("a"))).StatusCode);
        File.Delete(path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_is_too_large_leaves_nothing(bool tellsLength)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        string ticket = host.Services.GetRequiredService<UploadBook>().Announce(new UploadPlace(path, 100));
        HttpContent content = tellsLength ? new ByteArrayContent(new byte[101]) : new StreamContent(new Endless(300_000));
        var answer = await _client.PostAsync($"upload/{ticket}", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger than", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_download_ends_with_its_page()
    {
        var downloads = host.Services.GetRequiredService<DownloadBook>();
        string ticket = downloads.Offer(() => [Encoding.UTF8.GetBytes("score\n1\n")]);
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

    private sealed class Endless(int length) : Stream
    {
        private int _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = Math.Min(count, _left);
            _left -= given;
            return given;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
