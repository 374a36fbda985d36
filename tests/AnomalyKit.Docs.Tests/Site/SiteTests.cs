using AnomalyKit.Tests.Browsers;
using Microsoft.Playwright;

namespace AnomalyKit.Docs.Tests.Site;

/// <summary>The documentation site as its readers meet it.</summary>
public sealed class SiteTests
{
    /// <summary>What no page of ours can change: the headings of the template's side bars, heads of tables in Markdown, and two overloads of Equals that DocFX gives one name.</summary>
    private static readonly string[] OfTheTemplate = ["heading out of order: Table of Contents", "heading out of order: In this article", "head cell without scope", "id twice: AnomalyKit_"];

    internal static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "artifacts", "site");

    [SiteFact]
    public async Task Pages_please_light_and_dark_wide_and_narrow()
    {
        await using var server = await StaticFiles.ServeAsync(Folder);
        await using var browser = await LocalBrowser.LaunchAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (int width in (int[])[1280, 400])
            {
                await using var visit = await browser.VisitAsync(width, scheme);
                visit.Origin = server.Address.AbsoluteUri;
                foreach (string page in (string[])["index", "docs/getting-started", "docs/which-detector", "docs/dashboard", "docs/performance", "api/AnomalyKit.IsolationForestTrainer"])
                {
                    await visit.Page.GotoAsync(new Uri(server.Address, page + ".html").AbsoluteUri);
                    await visit.Page.Locator("nav .nav-link, #navbar a").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
                    await visit.CheckAsync($"site-{page.Replace('/', '-')}-{scheme}-{width}", OfTheTemplate);
                }
            }
        }
    }

    [SiteFact]
    public async Task The_search_finds_a_page()
    {
        await using var server = await StaticFiles.ServeAsync(Folder);
        await using var browser = await LocalBrowser.LaunchAsync();
        await using var visit = await browser.VisitAsync();
        await visit.Page.GotoAsync(new Uri(server.Address, "index.html").AbsoluteUri);
        await visit.Page.Locator("#search-query").FillAsync("contamination");
        await visit.Page.Locator("#search-results a").First.WaitForAsync();
    }
}
