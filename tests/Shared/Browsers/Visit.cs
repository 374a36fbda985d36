using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AnomalyKit.Tests.Browsers;

/// <summary>A visit of pages in one tab, and all that went wrong on the way.</summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly string Checks = ReadChecks();

    internal Visit(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(LocalBrowser.PatienceMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Problems.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => Problems.Enqueue($"error: {error}");
        page.Dialog += (_, dialog) =>
        {
            Problems.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            string url = request.Url;
            if (!url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal) && !IsOfOrigin(url))
                Problems.Enqueue($"request: {url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, errors of scripts, dialogs, and requests to other hosts.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>Where the pages lie, as <c>http://127.0.0.1:5000/</c> or <c>file:///</c>; requests elsewhere are problems.</summary>
    public string Origin { get; set; } = "file:///";

    /// <summary>Fails where the page breaks a rule of accessibility, has words of too little contrast, is wider than its window, or met a problem.</summary>
    /// <param name="name">What the page and its state are called in the message, and in the picture below ANOMALYKIT_SCREENSHOTS.</param>
    /// <param name="except">Beginnings of what is not this page's fault.</param>
    public async Task CheckAsync(string name, params string[] except)
    {
        string[] broken = await Page.EvaluateAsync<string[]>(Checks);
        if (Environment.GetEnvironmentVariable("ANOMALYKIT_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        string[] problems = [.. broken.Concat(Problems).Where(problem => !except.Any(beginning => problem.StartsWith(beginning, StringComparison.Ordinal)))];
        Assert.True(problems.Length == 0, $"{name}:\n{string.Join('\n', problems)}");
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private static string ReadChecks()
    {
        using var reader = new StreamReader(typeof(Visit).Assembly.GetManifestResourceStream("PageChecks.js")!);
        return reader.ReadToEnd();
    }

    private bool IsOfOrigin(string url) => url.StartsWith(Origin, StringComparison.Ordinal);
}
