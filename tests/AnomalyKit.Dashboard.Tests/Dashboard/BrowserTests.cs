using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using AnomalyKit.Tests.Browsers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>The dashboard as its viewers meet it.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [BrowserFact]
    public async Task Every_page_opens_without_a_problem_and_keeps_the_rules_of_accessibility()
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (int width in (int[])[1280, 400])
            {
                await using var viewer = await browser.OpenAsync("", width, scheme);
                foreach (string page in (string[])["", $"runs/{browser.Host.RunIds[0]}", $"compare?ids={string.Join(',', browser.Host.RunIds)}", "models", "models/payments/1", "scores", "live"])
                {
                    await viewer.GoAsync(page);
                    await viewer.CheckAsync($"{page.Split('?', '/')[0]}{(page.Contains('/', StringComparison.Ordinal) ? "-one" : "")}-{scheme}-{width}");
                }

                browser.Host.Model.ScoreTable(2 * DashboardHost.WindowRows);
                await viewer.GoAsync("live");
                await viewer.Page.GetByRole(AriaRole.Region, new() { Name = "Drift by column" }).WaitForAsync();
                await viewer.CheckAsync($"drift-{scheme}-{width}");
                await viewer.GoAsync("models/payments/1");
                await viewer.Page.GetByLabel("Table of the host").SelectOptionAsync("checked payments");
                await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Judge" }).ClickAsync();
                await viewer.Page.GetByText("Try another threshold").WaitForAsync();
                await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Judge" })).ToBeEnabledAsync();
                await viewer.CheckAsync($"judged-{scheme}-{width}");
                await viewer.GoAsync("scores");
                await viewer.Page.GetByLabel("Key columns").FillAsync("id");
                await viewer.ScoreAsync(browser.Host.SmallTable);
                await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Why row" }).First.ClickAsync();
                await viewer.Page.GetByRole(AriaRole.Group, new() { Name = "Label of the row" }).WaitForAsync();
                await viewer.CheckAsync($"scored-{scheme}-{width}");
            }
        }
    }

    [BrowserFact]
    public async Task A_hundred_thousand_rows_are_scored_filtered_sorted_explained_labeled_and_exported()
    {
        await using var viewer = await browser.OpenAsync("scores");
        var page = viewer.Page;
        await page.GetByLabel("Key columns").FillAsync("id");
        await viewer.ScoreAsync(browser.Host.LargeTable);
        await Expect(page.Locator("#scored")).ToContainTextAsync("100,000 rows scored");
        await Expect(page.Locator("figcaption")).ToContainTextAsync("alerts are marked");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Row", Exact = true }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("k0");
        await page.Locator("#row-filter").FillAsync("k99950");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Why row 99950" }).ClickAsync();
        await Expect(page.Locator("#opened")).ToHaveTextAsync("Row 99950 (id k99950)");
        await Expect(page.Locator(".ak-row li").First).ToContainTextAsync("above the threshold");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anomaly", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Kept: anomaly. 1 label of this table is in ")).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download scores").ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(100_001, lines.Length);
        Assert.DoesNotContain(lines, line => line.Contains($",{DashboardHost.FormulaWord},", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(",'=1+1,", StringComparison.Ordinal));
        Assert.Empty(viewer.Problems);
    }

    [BrowserFact]
    public async Task A_file_with_decimal_commas_is_read_by_the_options_that_its_error_names()
    {
        await using var viewer = await browser.OpenAsync("scores");
        var page = viewer.Page;
        await page.WaitForSelectorAsync("#table-file:not([disabled])");
        await page.SetInputFilesAsync("#table-file", browser.Host.LocalTable);
        await page.GetByRole(AriaRole.Button, new() { Name = "Score", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Decimal 'comma' if a fraction follows the comma");
        await page.GetByText("CSV options", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Decimal").SelectOptionAsync("comma");
        await page.GetByRole(AriaRole.Button, new() { Name = "Score", Exact = true }).ClickAsync();
        await Expect(page.Locator("#scored")).ToContainTextAsync("rows scored");
        Assert.Empty(viewer.Problems);
    }

    [BrowserFact]
    public async Task A_viewer_sees_nothing_of_another_ones_table()
    {
        await using var one = await browser.OpenAsync("scores");
        await one.ScoreAsync(browser.Host.SmallTable);
        await using var other = await browser.OpenAsync("scores");
        Assert.Equal(0, await other.Page.Locator("#scored").CountAsync());
        await other.ScoreAsync(browser.Host.SmallTable);
        await other.Page.Locator("#row-filter").FillAsync("oslo");
        await Expect(other.Page.Locator("tbody tr").First).ToContainTextAsync("Oslo");
        Assert.Equal(string.Empty, await one.Page.Locator("#row-filter").InputValueAsync());
        Assert.Equal(50, await one.Page.Locator("tbody tr").CountAsync());
    }

    [BrowserFact]
    public async Task The_keyboard_alone_leads_from_the_first_page_to_the_reasons_of_a_row()
    {
        await using var viewer = await browser.OpenAsync("");
        var page = viewer.Page;
        await page.Keyboard.PressAsync("Tab");
        await TabToAsync(page, "Scores");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#table-file:not([disabled])");
        await page.SetInputFilesAsync("#table-file", browser.Host.SmallTable);
        await TabToAsync(page, "Score");
        Assert.True(await page.EvaluateAsync<bool>("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#scored");
        await page.WaitForSelectorAsync("tbody tr");
        await TabToAsync(page, "Why row");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#opened")).ToBeFocusedAsync();
        Assert.Empty(viewer.Problems);
    }

    [BrowserFact]
    public async Task The_threshold_explorer_follows_slider_box_and_costs()
    {
        await using var viewer = await browser.OpenAsync("models/payments/1");
        var page = viewer.Page;
        await page.GetByLabel("Table of the host").SelectOptionAsync("checked payments");
        await page.GetByRole(AriaRole.Button, new() { Name = "Judge" }).ClickAsync();
        await page.GetByText("Try another threshold").WaitForAsync();
        var cards = page.Locator("dl.ak-cards").Nth(1);
        await page.GetByLabel("Alerts", new() { Exact = true }).FillAsync("6");
        await page.Keyboard.PressAsync("Tab");
        await Expect(cards).ToContainTextAsync("100 %");
        await Expect(cards).ToContainTextAsync("Alerts per day3");
        string before = await page.Locator("b").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator("b").First).Not.ToHaveTextAsync(before);
        await page.GetByRole(AriaRole.Button, new() { Name = "Cheapest" }).ClickAsync();
        await Expect(page.GetByLabel("Alerts", new() { Exact = true })).ToHaveValueAsync("6");
        Assert.Empty(viewer.Problems);
    }

    [BrowserFact]
    public async Task A_file_that_is_no_table_or_too_large_is_refused_in_words()
    {
        await using var viewer = await browser.OpenAsync("scores");
        await viewer.Page.SetInputFilesAsync("#table-file", new FilePayload { Name = "a.exe", MimeType = "application/octet-stream", Buffer = [1] });
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Score", Exact = true }).ClickAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not that of a table");
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        await File.WriteAllBytesAsync(path, new byte[17 << 20]);
        await viewer.Page.SetInputFilesAsync("#table-file", path);
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Score", Exact = true }).ClickAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("larger than 16 MiB");
        File.Delete(path);
    }

    [BrowserFact]
    public async Task A_closed_tab_frees_its_table_and_its_files()
    {
        var (downloads, budget) = (browser.Host.Services.GetRequiredService<DownloadBook>(), browser.Host.Services.GetRequiredService<HostBudget>());
        await Eventually.IsAsync(() => downloads.Count == 0, "tabs of other tests are gone");
        await using (var viewer = await browser.OpenAsync("scores"))
        {
            await viewer.ScoreAsync(browser.Host.SmallTable);
            Assert.Equal(2, downloads.Count);
            Assert.True(budget.HeldBytes > 0);
        }

        await Eventually.IsAsync(() => downloads.Count == 0 && budget.HeldBytes == 0 && browser.Host.TemporaryFiles.Length == 0, "the table is gone, its bytes and its files");
    }

    [BrowserFact]
    public async Task Reloading_leaves_one_poller_and_closing_leaves_none()
    {
        await using (var viewer = await browser.OpenAsync("live"))
        {
            for (int i = 0; i < 5; i++)
                await viewer.GoAsync("live");
            browser.Host.Model.ScoreTable();
            await Expect(viewer.Page.Locator("main")).ToContainTextAsync("Rows per second");
            Assert.True(browser.Host.Collector.IsTicking);
            // Leaving within the dashboard ends the watching at once.
            await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
            await viewer.Page.GetByRole(AriaRole.Heading, new() { Name = "Models" }).WaitForAsync();
        }

        await Eventually.IsAsync(() => browser.Host.Collector is { ViewerCount: 0, IsTicking: false }, "nobody watches, and nothing ticks");
    }

    private static async Task TabToAsync(IPage page, string text)
    {
        for (int i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            string name = await page.EvaluateAsync<string>("(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()");
            if (name == text || (text == "Why row" && name.StartsWith(text, StringComparison.Ordinal)))
                return;
        }

        Assert.Fail($"Nothing called '{text}' was reached by the keyboard.");
    }
}
