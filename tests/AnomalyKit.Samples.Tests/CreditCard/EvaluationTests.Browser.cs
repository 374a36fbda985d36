using AnomalyKit.Tests.Browsers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>The page of the main job as its readers meet it: from a file, in a browser of the machine.</summary>
public sealed partial class EvaluationTests
{
    private Uri Page => new(run.File("report.html"));

    [BrowserFact]
    public async Task The_page_pleases_light_and_dark_wide_and_narrow_and_unfolded()
    {
        await using var browser = await LocalBrowser.LaunchAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (int width in (int[])[1280, 400])
            {
                await using var visit = await browser.VisitAsync(width, scheme);
                await visit.Page.GotoAsync(Page.AbsoluteUri);
                await visit.CheckAsync($"report-{scheme}-{width}");
                await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((fold) => fold.open = true)");
                await visit.CheckAsync($"report-unfolded-{scheme}-{width}");
            }
        }

        await using var drift = await browser.VisitAsync(400);
        await drift.Page.GotoAsync(new Uri(run.File("drift.html")).AbsoluteUri);
        await drift.CheckAsync("drift-400");
    }

    [BrowserFact]
    public async Task The_explorer_is_used_by_keyboard()
    {
        await using var browser = await LocalBrowser.LaunchAsync();
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync(Page.AbsoluteUri);

        // Every stop shows that it is one, and the slider is among them.
        var names = new List<string>();
        for (int i = 0; i < 60 && !names.Contains("x-at"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
            names.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.tagName"));
            Assert.True(await page.EvaluateAsync<bool>("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && s.outlineWidth !== '0px'; }"), $"{names[^1]} does not show that it is chosen.");
        }

        Assert.Equal("x-at", names[^1]);
        await Expect(page.Locator("#x-threshold")).ToContainTextAsync("the detector's own");
        int alerts = await FigureAsync(page, "alerts");
        await page.Keyboard.PressAsync("End");
        int most = await FigureAsync(page, "alerts");
        await page.Keyboard.PressAsync("Home");
        Assert.True(Math.Max(await FigureAsync(page, "alerts"), most) > alerts, "The slider moves no figure.");
        await Expect(page.Locator("#x-threshold")).Not.ToContainTextAsync("the detector's own");

        // Where a false alarm costs nothing, every alert is worth it.
        await page.Locator("#x-alarm").FillAsync("0");
        await page.Locator("#x-cheap").PressAsync("Enter");
        await Expect(page.Locator("#x-results [data-x=missed]")).ToHaveTextAsync("0");
        await Expect(page.Locator("#x-status")).ToHaveTextAsync("The cheapest threshold of the slider is set.");
        await page.Locator("#x-own").PressAsync("Enter");
        Assert.Equal(alerts, await FigureAsync(page, "alerts"));
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task On_paper_nothing_is_folded_away_and_nothing_is_cut()
    {
        await using var browser = await LocalBrowser.LaunchAsync();
        await using var visit = await browser.VisitAsync();
        await visit.Page.GotoAsync(Page.AbsoluteUri);
        byte[] paper = await visit.Page.PdfAsync(new PagePdfOptions { Format = "A4" });
        Assert.InRange(paper.Length, 50_000, 5_000_000);
        Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.querySelectorAll('details.print')].every((fold) => fold.open)"));
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await visit.Page.SetViewportSizeAsync(720, 1000);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth - 1)"));
        Assert.Empty(visit.Problems);
    }

    private static async Task<int> FigureAsync(IPage page, string name) =>
        int.Parse((await page.Locator($"#x-results [data-x={name}]").InnerTextAsync()).Replace(",", string.Empty, StringComparison.Ordinal).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
}
