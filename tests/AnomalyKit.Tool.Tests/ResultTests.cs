using System.Text.Json;
using AnomalyKit.Tool.Commands;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What the commands say of models and data: the numbers of the library, under the names of the documentation.</summary>
public sealed class ResultTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void A_label_that_was_forgotten_is_noticed()
    {
        string[] fit = ["fit", payments.Csv, "--out", payments["forgotten.akm"], "--id", "id", "--detector", "isolation-forest", "--missing", "native"];
        Assert.Contains("note: Column 'fraud' was learned from.", Run.Of(fit).Succeeds().Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("was learned from", Run.Of([.. fit, "--label", "fraud"]).Succeeds().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_on_distances_tells_of_unequal_spreads_where_nothing_is_scaled()
    {
        string data = payments.Write("turbines.csv", "power_kw,vibration_mm_s\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * 37 % 300 * 10},0.{i * 11 % 90 + 10}\n")));
        foreach (string detector in (string[])["local-outlier-factor", "nearest-neighbors"])
        {
            string[] fit = ["fit", data, "--out", payments["turbines.akm"], "--detector", detector];
            Assert.Matches("note: The spread of column 'power_kw' is [0-9],[0-9]+ times that of 'vibration_mm_s', and distances follow the larger\\. If .*--set Scaling=standard\\.", Run.Of(fit).Succeeds().Errors);
            Assert.DoesNotContain("spread", Run.Of([.. fit, "--set", "Scaling=standard"]).Succeeds().Errors, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("spread", Run.Of("fit", data, "--out", payments["turbines.akm"], "--detector", "isolation-forest").Succeeds().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_of_a_fit_are_about_the_rows_and_not_about_the_encoding()
    {
        string data = payments.Write("encoded.csv", "turbine,power,copy\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"WT{i % 6},{i * 37 % 391}.5,{i * 37 % 391 * 2}\n")));
        string notes = Run.Of("fit", data, "--out", payments["encoded.akm"], "--detector", "elliptic-envelope").Succeeds().Errors;
        Assert.Contains("note: Column 'copy' is a linear combination of 'power'", notes, StringComparison.Ordinal);
        // What the detector did about a rare level is about the rows; relations of the levels are not.
        Assert.DoesNotContain("turbine", string.Concat(notes.Split('\n').Where(note => !note.StartsWith("note: In most rows", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_says_which_number_of_neighbors_the_fit_chose()
    {
        string[] fit = ["fit", payments.Csv, "--out", payments["neighbors.akm"], "--id", "id", "--label", "fraud", "--detector", "nearest-neighbors"];
        Run.Of(fit).Succeeds();
        int neighbors = ((NearestNeighborsDetector)DetectorFile.LoadTableDetector(payments["neighbors.akm"]).Detector).Neighbors;
        Assert.Contains($"\nChosen by the fit: Neighbors={neighbors}\n", Run.Of("inspect", payments["neighbors.akm"]).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal([$"Neighbors={neighbors}"], Run.Of("inspect", payments["neighbors.akm"], "--json").Succeeds().Json.GetProperty("chosen_settings").EnumerateArray().Select(setting => setting.GetString()));
        Run.Of([.. fit, "--set", "Neighbors=7"]).Succeeds();
        Assert.DoesNotContain("Chosen by the fit", Run.Of("inspect", payments["neighbors.akm"]).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_has_the_metrics_of_the_scores()
    {
        string page = payments["evaluation.html"];
        var json = Run.Of("evaluate", payments.Model, payments.Csv, "--label", "fraud", "--report", page, "--json").Succeeds().Json;
        var rows = Run.Of("score", payments.Model, payments.Csv, "--keep", "fraud").Rows.Skip(1).ToList();
        bool[] labels = [.. rows.Select(row => row[0] == "1")];
        float[] scores = [.. rows.Select(row => float.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(DetectionMetrics.RocAuc(labels, scores), json.GetProperty("roc_auc").GetDouble(), 12);
        Assert.Equal(DetectionMetrics.AveragePrecision(labels, scores), json.GetProperty("average_precision").GetDouble(), 12);
        Assert.Equal(rows.Count(row => row[2] == "true"), json.GetProperty("alerts").GetInt32());
        Assert.Contains("</html>", File.ReadAllText(page), StringComparison.Ordinal);
        string shown = Run.Of("evaluate", payments.Model, payments.Csv, "--label", "fraud").Succeeds().Output;
        Assert.Contains("roc_auc", shown, StringComparison.Ordinal);
        Assert.Matches("Other thresholds:[^a-z]+alerts +threshold +precision +recall", shown);
        Assert.Matches("as it is: [0-9]+", shown);
        var confusion = json.GetProperty("confusion");
        var (found, missed) = (confusion.GetProperty("tp").GetInt32(), confusion.GetProperty("fn").GetInt32());
        Assert.Contains($"Anomalies among the alerts: {found} of {json.GetProperty("alerts").GetInt32()}. Anomalies missed: {missed} of {found + missed}.", shown, StringComparison.Ordinal);
        Assert.Contains(json.GetProperty("alert_choices").EnumerateArray(), choice => choice.GetProperty("threshold").GetRawText() != choice.GetProperty("lowest_threshold").GetRawText());
        foreach (var choice in json.GetProperty("alert_choices").EnumerateArray().Where(choice => !choice.GetProperty("is_tied").GetBoolean() && choice.GetProperty("threshold").ValueKind == JsonValueKind.Number))
        {
            Assert.Equal(choice.GetProperty("alerts").GetInt32(), scores.Count(score => score > choice.GetProperty("threshold").GetDouble()));
            if (choice.GetProperty("lowest_threshold") is { ValueKind: JsonValueKind.Number } lowest)
                Assert.Equal(choice.GetProperty("alerts").GetInt32(), scores.Count(score => score > lowest.GetDouble()));
        }
    }

    [Fact]
    public void Scores_for_a_spreadsheet_have_a_decimal_comma_and_no_formulas()
    {
        string words = payments["words.csv"];
        File.WriteAllLines(words, File.ReadLines(payments.Csv).Select((line, i) => $"{line},{(i == 0 ? "note" : "=1+1")}"));
        string[] lines = Run.Of("score", payments.Model, words, "--keep", "note", "--out-decimal", ",", "--guard-formulas").Succeeds().Output.Split('\n');
        Assert.Equal("note;score;label", lines[0]);
        Assert.Matches("^'=1\\+1;0,[0-9]+;(true|false)$", lines[1]);
        Run.Of("score", payments.Model, words, "--out-decimal", ";").Fails(2, "--out-decimal takes");
        Run.Of("convert", words, "--out", payments["words.tsv"], "--out-decimal", ",").Succeeds();
        Assert.Contains("\t=1+1", File.ReadAllText(payments["words.tsv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_has_every_detector_once()
    {
        var json = Run.Of("compare", payments.Csv, "--label", "fraud", "--id", "id", "--detectors", "isolation-forest,nearest-neighbors", "--report", payments["comparison.html"], "--json").Succeeds().Json;
        var detectors = json.GetProperty("detectors").EnumerateArray().ToList();
        Assert.Equal(["isolation-forest", "nearest-neighbors"], detectors.Select(one => one.GetProperty("detector").GetString()));
        Assert.All(detectors, one => Assert.InRange(one.GetProperty("roc_auc").GetDouble(), 0.99, 1));
        Run.Of("compare", payments.Csv, "--label", "fraud", "--detectors", "isolation-forest,isolation-forest").Fails(2, "twice");
    }

    [Fact]
    public void An_explanation_adds_up_and_names_the_row()
    {
        var rows = Run.Of("explain", payments.Model, payments.Csv, "--top", "3", "--json").Succeeds().Json.EnumerateArray().ToList();
        Assert.Equal(3, rows.Count);
        foreach (var row in rows)
        {
            double sum = row.GetProperty("contributions").EnumerateObject().Sum(column => column.Value.GetDouble());
            Assert.Equal(row.GetProperty("explained").GetDouble(), row.GetProperty("baseline").GetDouble() + sum, 9);
            Assert.Equal(["amount", "hour", "merchant"], row.GetProperty("contributions").EnumerateObject().Select(column => column.Name));
            Assert.True(row.GetProperty("label").GetBoolean());
            Assert.NotEmpty(row.GetProperty("reasons").EnumerateArray());
        }

        long number = rows[0].GetProperty("row").GetInt64();
        var alone = Run.Of("explain", payments.Model, payments.Csv, "--row", $"{number}", "--json").Succeeds().Json.EnumerateArray().Single();
        Assert.Equal(rows[0].GetRawText(), alone.GetRawText());
    }

    [Fact]
    public void An_explanation_has_the_p_value_of_the_score_where_the_model_is_calibrated()
    {
        string model = payments["calibrated.akm"];
        Run.Of("fit", payments.Csv, "--label", "fraud", "--id", "id", "--calibration", "conformal", "--out", model).Succeeds();
        var scores = Run.Of("score", model, payments.Csv, "--json").Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("p_value").GetDouble()).ToArray();
        foreach (var row in Run.Of("explain", model, payments.Csv, "--top", "5", "--json").Succeeds().Json.EnumerateArray())
        {
            double p = row.GetProperty("p_value").GetDouble();
            Assert.Equal(scores[row.GetProperty("row").GetInt32()], p);
            Assert.InRange(p, 1e-300, 0.2);
        }

        Assert.Matches(@"Row [0-9]+\n  The score [0-9.E-]+ is above the threshold [0-9.E-]+: an alert.\n  The p-value is 0\.[0-9]+(: |, the least that [0-9,]+ calibration rows can give: at most )[0-9.]+ % of ordinary rows are expected to score (at least )?as high\.", Run.Of("explain", model, payments.Csv, "--top", "1").Succeeds().Output);
        Assert.Equal(JsonValueKind.Null, Run.Of("explain", payments.Model, payments.Csv, "--top", "1", "--json").Succeeds().Json[0].GetProperty("p_value").ValueKind);
        Assert.DoesNotContain("p-value", Run.Of("explain", payments.Model, payments.Csv, "--top", "1").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_shows_the_kept_columns_beside_the_row()
    {
        var row = Run.Of("explain", payments.Model, payments.Csv, "--row", "7", "--keep", "id,hour", "--json").Succeeds().Json[0];
        string[] cells = File.ReadAllLines(payments.Csv)[8].Split(',');
        Assert.Equal("p7", row.GetProperty("kept").GetProperty("id").GetString());
        Assert.Equal(cells[2], row.GetProperty("kept").GetProperty("hour").GetString());
        Assert.StartsWith($"Row 7: id p7, hour {cells[2]}\n", Run.Of("explain", payments.Model, payments.Csv, "--row", "7", "--keep", "id,hour").Succeeds().Output, StringComparison.Ordinal);
        Run.Of("explain", payments.Model, payments.Csv, "--keep", "nobody").Fails(1, "'nobody'");
        Assert.Equal(Run.Of("explain", payments.Model, payments.Csv, "--row", "7", "--json").Output, Run.Of("explain", payments.Model, payments.Csv, "--where", "id=p7", "--json").Succeeds().Output);
        Assert.Equal(3, Run.Of("explain", payments.Model, payments.Csv, "--where", "merchant=fuel", "--top", "3", "--json").Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public void Drift_ends_with_3_where_that_is_asked_for()
    {
        string moved = payments.Write("moved-again.csv", "amount,hour,merchant\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{500 + i},{6 + (i % 16)},fuel\n")));
        var run = Run.Of("drift", payments.Model, moved, "--fail-on-drift");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(" of 3 columns drifted: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("< 1e-300", run.Output, StringComparison.Ordinal);
        Assert.Matches("--fail-on-drift: exit code 3, because of drift in [123] columns?, the scores, the share of alerts\\.", run.Errors);
        Assert.EndsWith("To compare each device, shop or service by itself: --by COLUMN --reference DATA, for example --by merchant.\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ScoreCalibration", run.Output, StringComparison.Ordinal);
        Assert.Contains("None of 3 columns drifted; ", Run.Of("drift", payments.Model, payments.Csv, "--fail-on-drift").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_by_group_finds_the_group_that_moved()
    {
        string before = payments.Write("shops.csv", Shops(_ => 0));
        string after = payments.Write("shops-now.csv", Shops(shop => shop == 2 ? 80 : 0));
        Run.Of("fit", before, "--out", payments["shops.akm"], "--id", "shop", "--detector", "isolation-forest").Succeeds();
        string[] command = ["drift", payments["shops.akm"], after, "--by", "shop", "--reference", before];
        var run = Run.Of([.. command, "--report", payments["shops.html"], "--fail-on-drift"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Matches("s2 +Drifted +[0-9.]+ +200 +200 +amount \\(median [0-9.]+ → [0-9.]+\\)", run.Output);
        Assert.Contains("\n1 of 5 groups of shop drifted: s2 (amount", run.Output, StringComparison.Ordinal);
        Assert.Contains("because of drift in 1 group.", run.Errors, StringComparison.Ordinal);
        Assert.Matches("Now: <strong>[^<]*shops-now.csv[^<]*</strong>, 1,000 rows. Before \\(reference\\): <strong>[^<]*shops.csv[^<]*</strong>, 1,000 rows", File.ReadAllText(payments["shops.html"]));
        Assert.Equal("s2", Run.Of([.. command, "--json"]).Succeeds().Json.GetProperty("groups")[0].GetProperty("group").GetString());
        Run.Of("drift", payments["shops.akm"], after, "--by", "shop").Fails(2, "a model keeps no groups", "--reference");
        Run.Of("drift", payments["shops.akm"], after, "--reference", before).Fails(2, "--by COLUMN");
        Run.Of([.. command, "--report", before]).Fails(2, "--report");
        string others = payments.Write("shops-others.csv", Shops(_ => 0).Replace("\ns", "\nx", StringComparison.Ordinal));
        string[] nothing = ["drift", payments["shops.akm"], others, "--by", "shop", "--reference", before];
        Run.Of(nothing).Succeeds();
        Run.Of([.. nothing, "--fail-on-drift"]).Fails(1, "no group of 'shop' has rows on both sides");

        static string Shops(Func<int, int> shift) => "shop,amount\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"s{i % 5},{(i / 5 * 37 % 199) + shift(i % 5)}.5\n"));
    }

    [Fact]
    public void Inspect_says_what_a_calibration_took_out_of_the_fit_and_what_dates_become()
    {
        string path = payments.Write("sensors.csv", "ts,s00\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{new DateTime(2026, 1, 1).AddMinutes(61 * i):yyyy-MM-ddTHH:mm:ss},{i * i % 17}.5\n")));
        string table = Run.Of("inspect", path).Succeeds().Output;
        Assert.Contains("--id ts", table, StringComparison.Ordinal);
        Assert.EndsWith("Nothing stands in the way of a fit.\n", table, StringComparison.Ordinal);
        string fitted = Run.Of("fit", path, "--out", payments["sensors.akm"], "--detector", "isolation-forest", "--seed", "42", "--calibration", "conformal").Succeeds().Errors;
        Assert.Matches("[0-9.]+ % of the 100 rows set aside above it", fitted);
        Assert.Matches("note: The threshold rests on few rows: of the 100 rows set aside, (0 are|1 is) above it. Another seed", fitted);
        string many = Run.Of("fit", path, "--out", payments["sensors-half.akm"], "--detector", "isolation-forest", "--calibration", "conformal:0.5", "--threshold", "contamination:0.2").Succeeds().Errors;
        Assert.Contains("of the 200 rows set aside above it", many, StringComparison.Ordinal);
        Assert.DoesNotContain("rests on few rows", many, StringComparison.Ordinal);
        Assert.DoesNotContain("rests on few rows", Run.Of("fit", path, "--out", payments["sensors-half.akm"], "--detector", "isolation-forest").Succeeds().Errors, StringComparison.Ordinal);
        var json = Run.Of("inspect", payments["sensors.akm"], "--json").Succeeds().Json;
        Assert.Equal("conformal", json.GetProperty("calibration").GetString());
        Assert.Equal((400, 100), (json.GetProperty("rows").GetInt32(), json.GetProperty("calibration_rows").GetInt32()));
        string model = Run.Of("inspect", payments["sensors.akm"]).Succeeds().Output;
        Assert.Contains("Calibration: conformal\n", model, StringComparison.Ordinal);
        Assert.Contains("Fitted on 300 of 400 rows; 100 were set aside", model, StringComparison.Ordinal);
        // The seed of the command draws the rows that are set aside, too, unless the calibration has its own.
        Assert.Contains("conformal:0.25,42,probability", model, StringComparison.Ordinal);
        Run.Of("fit", path, "--out", payments["sensors.akm"], "--detector", "isolation-forest", "--seed", "42", "--calibration", "conformal:0.5,7").Succeeds();
        Assert.Contains("conformal:0.5,7,probability", Run.Of("inspect", payments["sensors.akm"]).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("weekday", model, StringComparison.Ordinal);
    }

    [Fact]
    public void The_training_rows_have_not_drifted_and_others_have()
    {
        var same = Run.Of("drift", payments.Model, payments.Csv, "--json").Succeeds().Json;
        Assert.All(same.GetProperty("columns").EnumerateArray(), column => Assert.False(column.GetProperty("drifted").GetBoolean()));
        string moved = payments.Write("moved.csv", "amount,hour,merchant\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{500 + i},{6 + (i % 16)},fuel\n")));
        var other = Run.Of("drift", payments.Model, moved, "--report", payments["drift.html"], "--json").Succeeds().Json;
        Assert.True(other.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "amount").GetProperty("drifted").GetBoolean());
        Assert.Contains("</html>", File.ReadAllText(payments["drift.html"]), StringComparison.Ordinal);
        Assert.Contains("amount", Run.Of("drift", payments.Model, moved).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_leaves_dates_and_ignored_columns_out()
    {
        string before = payments.Write("dated.csv", Dated(0));
        string after = payments.Write("later.csv", Dated(30));
        Run.Of("fit", before, "--out", payments["dated.akm"], "--detector", "isolation-forest").Succeeds();
        var plain = Run.Of("drift", payments["dated.akm"], after).Succeeds().Output;
        Assert.Contains("not compared: dates move on by themselves", plain, StringComparison.Ordinal);
        Assert.Contains("median 2026-10-", plain, StringComparison.Ordinal);
        Assert.Equal("drifted", Status("at", "--compare-dates"));
        Assert.Equal("not_compared", Status("at"));
        Assert.Equal("not_compared", Status("amount", "--ignore", "amount"));
        Assert.Equal("stable", Status("amount"));
        Run.Of("drift", payments["dated.akm"], after, "--ignore", "Amount").Fails(1, "'Amount'", "--ignore");
        Assert.Matches("amount +not compared: ignored +- +- +- +-", Run.Of("drift", payments["dated.akm"], after, "--ignore", "amount").Succeeds().Output);

        static string Dated(int day) => "at,amount\n" + string.Concat(Enumerable.Range(0, 600).Select(i =>
            FormattableString.Invariant($"{new DateTime(2026, 10, 1).AddDays(day).AddMinutes(i):yyyy-MM-dd HH:mm},{i * 37 % 251}\n")));

        string Status(string column, params string[] options) => Run.Of(["drift", payments["dated.akm"], after, "--json", .. options]).Succeeds().Json
            .GetProperty("columns").EnumerateArray().Single(item => item.GetProperty("name").GetString() == column).GetProperty("status").GetString()!;
    }

    [Fact]
    public void A_small_change_is_named_and_counts_where_the_limit_is_lowered()
    {
        Run.Of("fit", payments.Write("evenly.csv", Evenly(0)), "--out", payments["evenly.akm"], "--detector", "isolation-forest").Succeeds();
        string moved = payments.Write("moved.csv", Evenly(150));
        string[] drift = ["drift", payments["evenly.akm"], moved, "--fail-on-drift"];
        var small = Run.Of(drift).Succeeds().Output;
        Assert.Matches("None of 2 columns drifted; certain but too small to count: amount \\(median [0-9.]+ → [0-9.]+; effect 0\\.07[0-9]?, limit 0\\.1\\)", small);
        Assert.Contains("Lower --min-effect to count changes that are certain but small.", small, StringComparison.Ordinal);
        foreach (string page in (string[])["small.html", "small.json"])
        {
            Run.Of([.. drift, "--report", payments[page]]).Succeeds();
            Assert.Contains("Lower --min-effect to count changes that are certain but small.", File.ReadAllText(payments[page]), StringComparison.Ordinal);
        }

        Assert.Matches("amount +Stable \\(small change\\)", small);
        Assert.Matches("\n +\\(scores\\) +Stable", small);
        Assert.Equal(3, Run.Of([.. drift, "--min-effect", "0.05"]).ExitCode);
        Run.Of([.. drift, "--min-alert-ratio", "0.5"]).Fails(2, "--min-alert-ratio", "from 1");
        Run.Of([.. drift, "--min-effect", "5"]).Fails(2, "--min-effect", "from 0 to 1");

        // Values in the middle move, so that neither scores nor alerts do.
        static string Evenly(int shift) => "amount,other\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => i * 37 % 2000).Select((value, i) =>
            FormattableString.Invariant($"{value + (value is >= 800 and < 1000 ? shift : 0)}.5,{i % 7}\n")));
    }

    [Fact]
    public void Counts_that_may_be_too_low_say_so()
    {
        // 9,000 moments and amounts, more than are counted exactly, and one of each that is frequent.
        var rows = Enumerable.Range(0, 12_000).Select(i => i % 4 == 0 ? "2026-03-21 15:45,500.5\n" : FormattableString.Invariant($"{new DateTime(2026, 1, 1).AddMinutes(i):yyyy-MM-dd HH:mm},{i}.25\n"));
        string output = Run.Of("inspect", payments.Write("many.csv", "at,amount\n" + string.Concat(rows))).Succeeds().Output;
        Assert.Matches("2026-03-21 15:45 × at least [0-9],[0-9]{3}", output);
        Assert.Matches("500\\.5 × at least [0-9],[0-9]{3}", output);
    }

    [Fact]
    public void Inspect_tells_models_from_data()
    {
        var model = Run.Of("inspect", payments.Model, "--json").Succeeds().Json;
        Assert.Equal("isolation-forest", model.GetProperty("detector").GetString());
        Assert.Equal(Payments.RowCount, model.GetProperty("rows").GetInt64());
        var data = Run.Of("inspect", payments.Csv, "--json").Succeeds().Json;
        Assert.Equal(Payments.RowCount, data.GetProperty("rows").GetInt64());
        Assert.Contains(data.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("advice").GetString()!.Contains("--label fraud", StringComparison.Ordinal));
        Assert.Contains("--id id", Run.Of("inspect", payments.Csv).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("TreeCount", Run.Of("inspect", "--detector", "isolation-forest").Succeeds().Output, StringComparison.Ordinal);
        string inspected = Run.Of("inspect", payments.Model).Succeeds().Output;
        Assert.Contains("isolation-forest", inspected, StringComparison.Ordinal);
        Assert.Contains("Made by AnomalyKit ", inspected, StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_offers_what_can_be_typed()
    {
        Assert.Equal("score", Run.Of("complete", "13", "anomalykit sc").Succeeds().Output.Trim());
        Assert.Contains("isolation-forest", Run.Of("complete", "26", "anomalykit fit --detector i").Succeeds().Output, StringComparison.Ordinal);
        foreach (string shell in (string[])["bash", "zsh", "fish", "powershell"])
            Assert.Contains("anomalykit complete", Run.Of("completion", shell).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_help_text_has_an_example_that_parses()
    {
        foreach (string command in (string[])["fit", "score", "evaluate", "compare", "inspect", "explain", "drift", "merge", "convert", "completion"])
        {
            string help = Run.Of(command, "--help").Succeeds().Output;
            int examples = help.IndexOf("Examples:", StringComparison.Ordinal);
            Assert.True(examples > 0, $"{command} --help has no examples");
            foreach (string line in help[examples..].Split('\n').Select(line => line.Trim()).Where(line => line.Contains("anomalykit", StringComparison.Ordinal)))
            {
                string[] words = line[(line.IndexOf("anomalykit", StringComparison.Ordinal) + 11)..].Split(" > ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                // It would wait half a minute for parts that are nowhere.
                if (command == "merge")
                    Assert.Empty(CommandLine.Create(new ToolContext(Stream.Null, TextWriter.Null, new ConsoleKind(false, false))).Parse(words).Errors);
                else
                    Assert.NotEqual(2, Run.Of(words).ExitCode);
            }
        }
    }

    [Fact]
    public void The_documentation_lists_all_fields()
    {
        string page = File.ReadAllText(DocsPage());
        string[][] lines =
        [
            ["fit", payments.Csv, "--out", payments["fields.akm"], "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--json"],
            ["score", payments.Model, payments.Csv, "--out", payments["fields.csv"], "--json"],
            ["convert", payments.Csv, "--out", payments["fields.parquet"], "--json"],
            ["evaluate", payments.Model, payments.Csv, "--label", "fraud", "--json"],
            ["compare", payments.Csv, "--label", "fraud", "--id", "id", "--detectors", "isolation-forest", "--json"],
            ["tune", payments.Csv, "--label", "fraud", "--id", "id", "--trials", "2", "--folds", "2", "--outer-folds", "0", "--json"],
            ["explain", payments.Model, payments.Csv, "--top", "1", "--keep", "id", "--json"],
            ["inspect", payments.Model, "--json"],
            ["inspect", payments.Csv, "--json"],
            ["inspect", "--detector", "isolation-forest", "--json"],
            ["score", payments.Model, payments.Csv, "--out", payments["fields.csv"], "--shard", "1/1", "--json"],
            ["merge", payments["fields.csv"] + ".parts", "--out", payments["fields.csv"], "--json"],
            ["fit", payments.Csv, "--out", payments["fields.akm"], "--label", "fraud", "--detector", "isolation-forest", "--ignore", "id", "--tracking", payments["fields.db"], "--json"],
            ["runs", "list", "--tracking", payments["fields.db"], "--json"],
            ["runs", "best", "--metric", "rows", "--tracking", payments["fields.db"], "--json"],
            ["runs", "export", "--tracking", payments["fields.db"], "--out", payments["fields.json"], "--json"],
            ["cluster", "slurm", "--shards", "2", "--folder", payments["job"], "--json", "--", "score", payments.Model, payments.Csv, "--out", payments["fields.csv"]],
        ];
        foreach (string[] line in lines)
        {
            var root = Run.Of(line).Succeeds().Json;
            if (root.ValueKind == JsonValueKind.Array)
                root = root[0];
            foreach (var field in root.EnumerateObject())
                Assert.True(page.Contains($"`{field.Name}`", StringComparison.Ordinal), $"docs/command-line.md does not list '{field.Name}' of '{line[0]}'");
        }
    }

    private static string DocsPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "command-line.md");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("docs/command-line.md is not above the tests.");
    }
}
