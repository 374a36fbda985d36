using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Docs.Tests.Site;

/// <summary>Serves a folder to this machine, at a port that is free.</summary>
internal sealed class StaticFiles : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StaticFiles(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First() + "/");

    public static async Task<StaticFiles> ServeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true });
        await application.StartAsync();
        return new StaticFiles(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
