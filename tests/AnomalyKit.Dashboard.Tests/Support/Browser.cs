using Microsoft.Playwright;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>A chromium of the machine, with a host of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    internal DashboardHost Host { get; } = new();

    public async Task InitializeAsync()
    {
        if (Path is null)
            return;
        await Host.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        // In a container the sandbox of chromium has not the rights it needs.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (Path is null)
            return;
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>A viewer of its own: a new profile.</summary>
    internal async Task<Viewer> OpenAsync(string page, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        // Without motion: colors are measured, and halfway between two they are neither.
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var viewer = new Viewer(context, await context.NewPageAsync(), Host.Address);
        await viewer.GoAsync(page);
        return viewer;
    }
}
