using Microsoft.Playwright;

namespace AnomalyKit.Tests.Browsers;

/// <summary>A chromium of the machine, without a window.</summary>
public sealed class LocalBrowser : IAsyncDisposable
{
    /// <summary>How long to wait for what must appear.</summary>
    internal const float PatienceMilliseconds = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private LocalBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Why tests in a browser cannot run; null where they can.</summary>
    public static string? MissingBecause => Program is null ? "There is no chromium on PATH. Install it (Debian: apt-get install chromium) to run the tests in a browser." : null;

    public static async Task<LocalBrowser> LaunchAsync()
    {
        // Otherwise what is expected has 5 s to be so, whatever the default of the page.
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var playwright = await Playwright.CreateAsync();
        // In a container the sandbox of chromium has not the rights it needs.
        return new LocalBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"], Timeout = 2 * PatienceMilliseconds }));
    }

    /// <summary>A tab of a new profile, which has visited nothing yet.</summary>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="scheme">Whether the viewer prefers light or dark pages.</param>
    public async Task<Visit> VisitAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        // Without motion: colors are measured, and halfway between two they are neither.
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
