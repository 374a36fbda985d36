using AnomalyKit.Tests.Browsers;
using Microsoft.Playwright;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>A chromium of the machine, with a host of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private LocalBrowser? _browser;

    internal DashboardHost Host { get; } = new();

    public async Task InitializeAsync()
    {
        if (LocalBrowser.Program is null)
            return;
        await Host.InitializeAsync();
        _browser = await LocalBrowser.LaunchAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is null)
            return;
        await _browser.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>A viewer of its own: a new profile.</summary>
    internal async Task<Viewer> OpenAsync(string page, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var viewer = new Viewer(await _browser!.VisitAsync(width, scheme), Host.Address);
        await viewer.GoAsync(page);
        return viewer;
    }
}
