using System.Globalization;
using AnomalyKit.Dashboard.Components.Pages;
using AnomalyKit.Dashboard.Components.Parts;
using AnomalyKit.Dashboard.Models;
using AnomalyKit.Dashboard.Tables;
using Bunit;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>Pages as they are clicked in, without a browser.</summary>
public sealed class PageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task The_next_table_shows_nothing_of_the_one_before_and_labels_go_to_the_row_that_is_seen()
    {
        using var folder = new Folder();
        using var bench = new PageBench(host, options => (options.AllowAnswers, options.AnswersFile, options.MaxParallelWork) = (true, folder["answers.akf"], 1));
        DashboardHost.Write(bench.Script.File = folder["first.csv"], 600, "a");
        var page = bench.Render<Scores>();
        await PageBench.ScoreAsync(page, "id");
        Assert.Equal(50, page.FindAll("tbody tr").Count);
        await page.Find("button.ak-link").ClickAsync(new());
        Assert.Matches(@"^Row \d+ \(id a\d+\)$", page.Find("#opened").TextContent);

        // The search over the second table has to wait, and so it is seen what is shown meanwhile.
        DashboardHost.Write(bench.Script.File = folder["second.csv"], 300, "b");
        var end = new TaskCompletionSource();
        var busy = bench.Desks.Budget.RunShortAsync(
            () =>
            {
                end.Task.Wait();
                return 0;
            },
            default);
        var scoring = PageBench.ScoreAsync(page);
        page.WaitForAssertion(() => Assert.Contains("300 rows scored", page.Find("#scored").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("tbody tr"));
        Assert.Empty(page.FindAll("#opened"));
        end.SetResult();
        await busy;
        await scoring;
        Assert.Equal(50, page.FindAll("tbody tr").Count);

        await page.Find("button.ak-link").ClickAsync(new());
        string opened = page.Find("#opened").TextContent;
        await page.FindAll("button").First(button => button.TextContent.Trim() == "Normal").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains($"Kept: normal. 1 label of this table is in {folder["answers.akf"]}. To learn from them: anomalykit review MODEL {bench.Desk.View!.Rows.FileName} --key id --session {folder["answers.akf"]} --no-questions --out NEW.akm", page.Markup, StringComparison.Ordinal));
        var answer = Assert.Single(TableFeedback.Open(host.Detector, bench.Desk.View!.Rows.Table, "id", folder["answers.akf"]).Session.Answers);
        Assert.EndsWith($"(id {answer.Key})", opened, StringComparison.Ordinal);
        Assert.StartsWith("b", answer.Key, StringComparison.Ordinal);
        Assert.Equal(PageBench.Viewer, answer.Analyst);

        await page.FindAll("button").First(button => button.TextContent.Trim() == "Take back").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Kept: no label.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Take back");
        Assert.Empty(TableFeedback.Open(host.Detector, bench.Desk.View!.Rows.Table, "id", folder["answers.akf"]).Session.Answers);
    }

    [Fact]
    public void Bars_of_a_row_far_from_an_alert_are_short_and_numbers_meet_no_name()
    {
        using var bench = new PageBench(host);
        var detector = new TableTrainer(RecommendedEnsemble.Create(seed: 1)).Fit(Numbers());
        var attribution = detector.CreateExplainer().Explain(Numbers().Slice(0, 1))[0].Attribution;
        Assert.Equal(attribution.Score, attribution.Explained, 1e-3);
        double Widest(double threshold) => Render(threshold).FindAll("rect").Max(bar => double.Parse(bar.GetAttribute("width")!, CultureInfo.InvariantCulture));
        double all = Widest(double.PositiveInfinity);
        double most = attribution.Contributions.ToArray().Max(Math.Abs);
        Assert.True(Widest(attribution.Baseline + (10 * most)) < 0.2 * all);
        Assert.Contains("The right edge is the threshold.", Render(attribution.Baseline + (10 * most)).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("The right edge is the threshold.", Render(double.PositiveInfinity).Markup, StringComparison.Ordinal);

        IRenderedComponent<ContributionBars> Render(double threshold) => bench.Render<ContributionBars>(parameters => parameters.Add(one => one.Attribution, attribution).Add(one => one.Threshold, threshold));
        static FeatureTable Numbers() => new(Enumerable.Range(1, 3).Select(column => new DoubleColumn($"c{column}", Enumerable.Range(0, 300).Select(row => Math.Sin(row * column * 1.7)).ToArray())).ToArray<TableColumn>());
    }

    [Fact]
    public void Dates_without_times_are_shown_and_downloaded_as_days()
    {
        long day = new DateTime(2026, 10, 24).Ticks;
        var table = new FeatureTable(
            new DateTimeColumn("day", new[] { day, DateTimeColumn.MissingCell, day + TimeSpan.TicksPerDay }, isUtc: false),
            new DateTimeColumn("time", new[] { day, day + TimeSpan.TicksPerHour, day }, isUtc: false),
            new DateTimeColumn("zone", new[] { day, day, day }, isUtc: true));
        using var rows = new ScoredRows("rows.csv", host.Model, table, new float[3], ["day"]);
        Assert.Equal(["2026-10-24", null, "2026-10-25"], Enumerable.Range(0, 3).Select(row => rows.TextOf("day", row)));
        Assert.Equal(("2026-10-24T00:00:00", "2026-10-24T00:00:00Z"), (rows.TextOf("time", 0), rows.TextOf("zone", 0)));
        Assert.Equal("day 2026-10-25", rows.NameOf(2));
        string text = System.Text.Encoding.UTF8.GetString([.. CsvExport.Parts(rows).SelectMany(part => part)]);
        Assert.Contains("\n0,2026-10-24,2026-10-24T00:00:00,2026-10-24T00:00:00Z,", text, StringComparison.Ordinal);
        Assert.Contains("\n1,,2026-10-24T01:00:00,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_set_aside_for_the_calibration_are_not_called_fitted_on()
    {
        using var bench = new PageBench(host);
        var calibrator = Assert.IsType<ConformalCalibrator>(host.Detector.Detector.Calibrator);
        int aside = calibrator.CalibrationRowCount;
        Assert.InRange(aside, 1, 599);
        Assert.Equal(aside, host.Detector.CalibrationRowCount);
        string facts = bench.Render<ModelPage>(parameters => parameters.Add(page => page.Name, "payments").Add(page => page.Version, "1")).Find(".ak-pairs").TextContent;
        Assert.Contains($"{600 - aside} rows; {aside} more were set aside for the calibration", facts, StringComparison.Ordinal);
        var row = bench.Render<ModelList>().Find("tbody tr");
        Assert.Contains(row.Children, cell => cell.TextContent.Trim() == $"{600 - aside}");
    }

    [Theory]
    [InlineData(1e10, 1e10 + 1)]
    [InlineData(599999999.5, 600000000.5)]
    [InlineData(1.7e12, 1.7000000001e12)]
    [InlineData(-1e15, 1e15)]
    [InlineData(-0.3, 0.7)]
    public void Axes_have_marks_however_far_from_nothing_they_lie(double least, double most)
    {
        using var bench = new PageBench(host);
        var chart = bench.Render<LineChart>(parameters => parameters
            .Add(one => one.Label, "a metric")
            .Add(one => one.XText, value => value.ToString("R", CultureInfo.InvariantCulture))
            .Add(one => one.YText, value => value.ToString("R", CultureInfo.InvariantCulture))
            .Add(one => one.XRange, (least, most))
            .Add(one => one.YRange, (least, most)));
        double[] marks = [.. chart.FindAll("text").Select(text => double.TryParse(text.TextContent, CultureInfo.InvariantCulture, out double value) ? value : double.NaN).Where(double.IsFinite)];
        Assert.InRange(marks.Length, 4, 14);
        Assert.All(marks, mark => Assert.InRange(mark, least, most));
    }

    [Theory]
    [InlineData(true, "score (logarithmic)")]
    [InlineData(false, "score")]
    public void The_live_histogram_of_scores_says_whether_its_axis_is_logarithmic(bool isLong, string title)
    {
        using var bench = new PageBench(host);
        float[] scores = [.. Enumerable.Range(0, 1000).Select(row => (1 + (row / 1000f)) * 1e-4f * (isLong && row % 200 == 7 ? 1000 : 1))];
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(scores, 1)).WithScores(scores, 1);
        var window = new DriftWindow(profile);
        window.AddScores(scores);
        var chart = bench.Render<HistogramChart>(parameters => parameters.Add(one => one.Histogram, DriftComparison.Compare(profile, window).Scores!.Histogram!));
        string[] texts = [.. chart.FindAll("text").Select(text => text.TextContent)];
        Assert.Contains(title, texts);
        // Scores may all be far below 1.
        Assert.Contains(texts, text => text.StartsWith("0.0001", StringComparison.Ordinal));
        if (isLong)
            Assert.InRange(DriftComparison.Compare(profile, window).Scores!.Histogram!.Current.Max(), 0.1, 0.5);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("damaged")]
    [InlineData("missing key")]
    public async Task A_table_that_cannot_be_scored_leaves_words_and_no_file(string how)
    {
        using var folder = new Folder();
        using var bench = new PageBench(host);
        DashboardHost.Write(bench.Script.File = folder["table.csv"], 20);
        if (how == "refused")
            bench.Script.Arrival = () => Task.FromResult<string?>("No.");
        if (how == "damaged")
            await File.WriteAllTextAsync(bench.Script.File, "id,amount\n\"a");
        var page = bench.Render<Scores>();
        await PageBench.ScoreAsync(page, how == "missing key" ? "nothing" : null);
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[role=alert]")));
        Assert.Empty(page.FindAll("#scored"));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.Desks.Place.NewFile(""))!));
        Assert.Equal(0, bench.Desks.Budget.HeldBytes);
        Assert.Equal(0, bench.Desks.Uploads.Count);
    }

    [Fact]
    public async Task A_row_is_called_by_all_key_columns_and_labels_go_by_the_first_that_tells_rows_apart()
    {
        using var folder = new Folder();
        using var bench = new PageBench(host, options => (options.AllowAnswers, options.AnswersFile) = (true, folder["answers.akf"]));
        DashboardHost.Write(bench.Script.File = folder["table.csv"], 20);
        var page = bench.Render<Scores>();
        await PageBench.ScoreAsync(page, " shop, id,id");
        await page.Find("button.ak-link").ClickAsync(new());
        Assert.Matches("^Row [0-9]+ \\(shop .+, id k[0-9]+\\)$", page.Find("#opened").TextContent.Trim());
        Assert.Contains("name the key column", page.Find(".ak-row").TextContent, StringComparison.Ordinal);
        await PageBench.ScoreAsync(page, "id, shop");
        await page.Find("button.ak-link").ClickAsync(new());
        Assert.Matches("^Row [0-9]+ \\(id k[0-9]+, shop .+\\)$", page.Find("#opened").TextContent.Trim());
        Assert.Contains("Normal", page.Find(".ak-row").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_a_model_say_what_the_fit_chose()
    {
        using var bench = new PageBench(host);
        var model = bench.Render<ModelPage>(parameters => parameters.Add(page => page.Name, "payments").Add(page => page.Version, "1"));
        var chosen = TrainerOptions.ReadChosen(host.Model.Detector.Detector);
        Assert.NotEmpty(chosen);
        string settings = model.FindAll(".ak-pairs")[^1].TextContent;
        Assert.All(chosen, option => Assert.Contains($"{option.Value} (chosen by the fit)", settings, StringComparison.Ordinal));
        Assert.DoesNotMatch("(Neighbors|MaxDepth)\\s*null", settings);
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_what_was_shown_and_no_file()
    {
        using var bench = new PageBench(host);
        bench.Script.File = host.SmallTable;
        var page = bench.Render<Scores>();
        await PageBench.ScoreAsync(page);
        var arrival = new TaskCompletionSource<string?>();
        bench.Script.Arrival = () => arrival.Task;
        var scoring = PageBench.ScoreAsync(page);
        await page.FindAll("button").First(button => button.TextContent.Trim() == "Cancel").ClickAsync(new());
        arrival.SetResult(null);
        await scoring;
        Assert.Contains("Cancelled.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("600 rows scored", page.Find("#scored").TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.Desks.Place.NewFile(""))!));
    }

    [Fact]
    public async Task Rows_without_a_key_column_cannot_be_labeled_and_the_page_says_so()
    {
        using var folder = new Folder();
        using var bench = new PageBench(host, options => (options.AllowAnswers, options.AnswersFile) = (true, folder["answers.akf"]));
        bench.Script.File = host.SmallTable;
        var page = bench.Render<Scores>();
        await PageBench.ScoreAsync(page);
        await page.Find("button.ak-link").ClickAsync(new());
        Assert.Contains("name the key column", page.Find(".ak-row").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Normal", page.Find(".ak-row").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "above 0")]
    [InlineData("-2", "above 0")]
    [InlineData("", null)]
    [InlineData("2", null)]
    public async Task Days_below_0_are_refused(string days, string? problem)
    {
        using var bench = new PageBench(host);
        bench.Script.File = host.SmallTable;
        var part = bench.Render<Judging>(parameters => parameters.Add(one => one.Model, host.Model));
        await part.Find("input:not([type])").ChangeAsync("fraud");
        await part.Find("input[type=number]").ChangeAsync(days);
        await part.FindAll("button").First(button => button.TextContent.Trim() == "Judge").ClickAsync(new());
        if (problem is null)
            part.WaitForAssertion(() => Assert.Contains(days.Length == 0 ? "Alerts per 1,000 rows" : "Alerts per day", part.Markup, StringComparison.Ordinal));
        else
            Assert.Contains(problem, part.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.Desks.Place.NewFile(""))!));
    }

    [Fact]
    public async Task Rows_without_a_label_are_left_out_of_a_judgement()
    {
        using var folder = new Folder();
        string[] lines = File.ReadAllLines(host.SmallTable);
        string[] columns = lines[0].Split(',');
        int label = Array.IndexOf(columns, "fraud");
        string path = folder["known.csv"];
        File.WriteAllLines(path, lines.Select((line, i) => string.Join(',', line.Split(',').Select((cell, column) => i == 0 || column != label ? cell : i % 3 == 0 ? cell == "1" ? "oui" : "non" : ""))));
        using var bench = new PageBench(host);
        bench.Script.File = path;
        var part = bench.Render<Judging>(parameters => parameters.Add(one => one.Model, host.Model));
        await part.Find("input:not([type])").ChangeAsync("fraud");
        await part.FindAll("button").First(button => button.TextContent.Trim() == "Judge").ClickAsync(new());
        part.WaitForAssertion(() => Assert.Contains("400 rows without a label are left out.", part.Markup, StringComparison.Ordinal));
        Assert.Contains("Rows200", part.Find("dl").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_written_alike_on_every_server()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = german;
        try
        {
            using var bench = new PageBench(host);
            float[] scores = [.. Enumerable.Range(0, 2000).Select(row => row / 2000f)];
            var judgement = ModelJudgement.Of(host.Detector.Detector, [.. scores.Select(score => score > 0.98)], scores, days: null);
            var part = bench.Render<Judged>(parameters => parameters.Add(one => one.Of, judgement));
            await part.FindAll("input[type=number]")[2].ChangeAsync("2.5");
            Assert.Equal("2.5", part.FindAll("input[type=number]")[2].GetAttribute("value"));
            await part.FindAll("input[type=number]")[0].ChangeAsync("1234");
            Assert.Equal("1234", part.FindAll("input[type=number]")[0].GetAttribute("value"));
            Assert.Contains("1,234", part.FindAll("dl")[1].TextContent, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
