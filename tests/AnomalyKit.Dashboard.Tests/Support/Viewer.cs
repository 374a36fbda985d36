using AnomalyKit.Tests.Browsers;
using Microsoft.Playwright;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>One viewer of the dashboard.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private readonly Visit _visit;
    private readonly Uri _address;

    public Viewer(Visit visit, Uri address)
    {
        (_visit, _address) = (visit, address);
        visit.Origin = address.AbsoluteUri;
    }

    public IPage Page => _visit.Page;

    public IReadOnlyCollection<string> Problems => _visit.Problems;

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

    public Task CheckAsync(string name) => _visit.CheckAsync(name);

    public ValueTask DisposeAsync() => _visit.DisposeAsync();
}
