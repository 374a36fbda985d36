using Microsoft.Playwright;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>One viewer: a page, and all that went wrong in it.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _address;

    public Viewer(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        page.SetDefaultTimeout(20_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Problems.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => Problems.Add($"error: {error}");
        page.Dialog += (_, dialog) =>
        {
            Problems.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Problems.Add($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    public List<string> Problems { get; } = [];

    /// <summary>Opens a page and waits until it is live: what is clicked before would be lost.</summary>
    public async Task GoAsync(string page)
    {
        await Page.GotoAsync(new Uri(_address, page).AbsoluteUri);
        await Page.WaitForSelectorAsync("main[data-interactive=true]");
    }

    public async Task ScoreAsync(string file)
    {
        await Page.SetInputFilesAsync("#table-file", file);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Score", Exact = true }).ClickAsync();
        await Page.WaitForSelectorAsync("#scored, [role=alert]");
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
