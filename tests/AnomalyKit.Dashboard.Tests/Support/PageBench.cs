using AnomalyKit.Dashboard.Components.Pages;
using AnomalyKit.Dashboard.Models;
using AnomalyKit.Dashboard.Tables;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MudBlazor.Services;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>Pages of one viewer, rendered without a browser. Uploads arrive by the script's stand-in, which puts the file where the page waits for it.</summary>
internal sealed class PageBench : BunitContext
{
    public const string Viewer = "ann";

    public PageBench(DashboardHost host, Action<AnomalyDashboardOptions>? configure = null)
    {
        // A busy machine is slow, not wrong.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Desks = new Desks(configure);
        Script = new UploadScript(Desks.Uploads);
        Services.AddMudServices();
        Services.AddSingleton<IJSRuntime>(Script);
        Services.AddSingleton(new ModelShelf(host.Services.GetRequiredService<IDetectorPool>()));
        Services.AddSingleton(Desks.Options);
        Services.AddSingleton(_ => Desks.NewDesk());
        Services.AddSingleton(_ => Desks.NewAnswers());
        AddAuthorization().SetAuthorized(Viewer);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public Desks Desks { get; }

    public UploadScript Script { get; }

    public TableDesk Desk => Services.GetRequiredService<TableDesk>();

    public static async Task ScoreAsync(IRenderedComponent<Scores> page, string? key = null)
    {
        if (key is not null)
            await page.Find("input[placeholder]").ChangeAsync(key);
        await page.FindAll("button").First(button => button.TextContent.Trim() == "Score").ClickAsync(new());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Desks.Dispose();
    }
}

/// <summary>Stands in for dashboard.js.</summary>
internal sealed class UploadScript(UploadBook uploads) : IJSRuntime
{
    public string File { get; set; } = "";

    /// <summary>What arrives when the file is there: null, or what went wrong.</summary>
    public Func<Task<string?>> Arrival { get; set; } = () => Task.FromResult<string?>(null);

    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
    {
        switch (identifier)
        {
            case "anomalykit.fileName":
                return (TValue)(object)Path.GetFileName(File);
            case "anomalykit.send":
                var upload = uploads.Take(((string)args![1]!)["upload/".Length..])!;
                await using (var stream = upload.Create()!)
                    await stream.WriteAsync(await System.IO.File.ReadAllBytesAsync(File));
                return (TValue)(object)(await Arrival())!;
            default:
                return default!;
        }
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
}
