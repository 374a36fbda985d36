using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary><c>threshold</c> changes what a model calls an anomaly, and nothing else.</summary>
public sealed class ThresholdTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void A_number_takes_the_place_of_the_threshold()
    {
        byte[] before = File.ReadAllBytes(payments.Model);
        Run.Of("threshold", payments.Model, "--value", "0.75", "--out", payments["once.akm"]).Succeeds();
        Assert.StartsWith("threshold 0.75 (fixed 0.75) unchanged → ", Run.Of("threshold", payments["once.akm"], "--value", "0.75", "--out", payments["twice.akm"]).Succeeds().Errors, StringComparison.Ordinal);
        Assert.StartsWith("threshold 0.750000001 (fixed 0.750000001) in place of 0.75 (fixed 0.75) → ", Run.Of("threshold", payments["once.akm"], "--value", "0.750000001", "--out", payments["twice.akm"]).Succeeds().Errors, StringComparison.Ordinal);
        string rule = "contamination:1/2", origin = "contamination 0.5";
        Run.Of("threshold", payments.Model, payments.Csv, "--rule", rule, "--out", payments["half.akm"]).Succeeds();
        string half = DetectorFile.LoadTableDetector(payments["half.akm"]).Threshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($" unchanged; before: {origin} → ", Run.Of("threshold", payments["half.akm"], "--value", half, "--out", payments["twice.akm"]).Succeeds().Errors, StringComparison.Ordinal);
        var run = Run.Of("threshold", payments.Model, "--value", "0.7", "--out", payments["stricter.akm"], "--json").Succeeds();
        var (old, changed) = (DetectorFile.LoadTableDetector(payments.Model), DetectorFile.LoadTableDetector(payments["stricter.akm"]));
        Assert.Equal((0.7, "fixed 0.7"), (changed.Threshold, changed.Detector.ThresholdOrigin));
        Assert.Equal(before, File.ReadAllBytes(payments.Model));
        using var reader = CsvTableReader.Open(payments.Csv, old.Layout);
        var table = reader.ReadAll();
        Assert.Equal(old.Score(table), changed.Score(table));
        Assert.Equal(("anomalykit.threshold", payments["stricter.akm"], 0.7, "fixed 0.7"), (run.Json.GetProperty("format").GetString(), run.Json.GetProperty("model").GetString(), run.Json.GetProperty("threshold").GetDouble(), run.Json.GetProperty("threshold_origin").GetString()));
        Assert.Equal((old.Threshold, "contamination 0.01"), (run.Json.GetProperty("previous_threshold").GetDouble(), run.Json.GetProperty("previous_threshold_origin").GetString()));
        Assert.All(new[] { "rows", "anomalies", "alert_share" }, name => Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty(name).ValueKind));
    }

    [Fact]
    public void A_rule_finds_it_in_the_scores_of_rows()
    {
        var run = Run.Of("threshold", payments.Model, payments.Csv, "--rule", "contamination:0.005", "--out", payments["rule.akm"], "--json").Succeeds();
        var changed = DetectorFile.LoadTableDetector(payments["rule.akm"]);
        using var reader = CsvTableReader.Open(payments.Csv, changed.Layout);
        float[] scores = changed.Score(reader.ReadAll());
        Assert.Equal(ThresholdRule.Contamination(0.005).Resolve(scores), changed.Threshold);
        Assert.Equal("contamination 0.005", changed.Detector.ThresholdOrigin);
        int anomalies = scores.Count(score => score > changed.Threshold);
        Assert.InRange(anomalies, 1, Payments.RowCount / 200);
        Assert.Equal((Payments.RowCount, anomalies, (double)anomalies / Payments.RowCount), (run.Json.GetProperty("rows").GetInt32(), run.Json.GetProperty("anomalies").GetInt32(), run.Json.GetProperty("alert_share").GetDouble()));
        // Later alerts are compared with the fraction that the threshold was set for, not with an estimate from a sketch.
        Assert.Equal((double)anomalies / Payments.RowCount, Run.Of("inspect", run.Json.GetProperty("model").GetString()!, "--json").Succeeds().Json.GetProperty("alert_share").GetDouble());
    }

    [Fact]
    public void A_threshold_set_on_few_rows_is_said_to_be_one()
    {
        string few = payments["few.csv"];
        File.WriteAllLines(few, File.ReadLines(payments.Csv).Take(201));
        Run.Of("threshold", payments.Model, few, "--rule", "contamination:0.05", "--out", payments["few.akm"]).Succeeds();
        Assert.Matches(@"2,000 rows; [45]\.[05]0 ?% of the 200 rows that the threshold was set on are above it", Run.Of("inspect", payments["few.akm"]).Succeeds().Output);
        var profile = DetectorFile.LoadTableDetector(payments["few.akm"]).Profile!;
        Assert.Equal((200, 2000), (profile.AlertRowCount, profile.Scores!.Count));

        // Of three ordinary rows the rule makes a threshold that contradicts the training rows.
        File.WriteAllLines(few, File.ReadLines(payments.Csv).Take(4));
        Assert.Matches("note: [0-9.]+ ?% of the training rows lie above this threshold. It was found in 3 rows only", Run.Of("threshold", payments.Model, few, "--rule", "contamination:0.01", "--out", payments["three.akm"]).Succeeds().Errors);
    }

    [Fact]
    public void The_rows_of_the_fit_are_known_again()
    {
        const string Note = "note: the model was fitted on these very rows";
        string[] lines = File.ReadAllLines(payments.Csv);
        string mixed = payments["mixed.csv"];
        // In another order they are the same rows, and with other columns beside them.
        File.WriteAllLines(mixed, [lines[0] + ",note", .. lines.Skip(1).Reverse().Select(line => line + ",x")]);
        foreach (string same in (string[])[payments.Csv, mixed])
            Assert.True(Threshold(same, "--rule", "contamination:0.01").IsFitted, same);
        string other = payments["other.csv"];
        File.WriteAllLines(other, [lines[0], .. lines.Skip(1).Select((line, i) => i % 20 == 3 ? lines[1 + ((i + 1) % 2000)] : line)]);
        Assert.False(Threshold(other, "--rule", "contamination:0.01").IsFitted);
        File.WriteAllLines(other, lines.SkipLast(1));
        Assert.False(Threshold(other, "--rule", "contamination:0.01").IsFitted);
        File.WriteAllLines(other, [.. lines, lines[1]]);
        Assert.False(Threshold(other, "--rule", "contamination:0.01").IsFitted);
        // A number is not found in the rows.
        Assert.DoesNotContain(Note, Threshold(payments.Csv, "--value", "0.6").Errors, StringComparison.Ordinal);

        (bool IsFitted, string Errors) Threshold(string rows, params string[] how)
        {
            var run = Run.Of(["threshold", payments.Model, rows, .. how, "--out", payments["again.akm"], "--json"]).Succeeds();
            bool isFitted = run.Json.GetProperty("are_fitted_rows").GetBoolean();
            if (how[0] == "--rule")
                Assert.Equal(isFitted, run.Errors.Contains(Note, StringComparison.Ordinal));
            return (isFitted, run.Errors);
        }
    }

    [Fact]
    public void Rows_of_a_long_table_are_known_again_and_columns_of_few_values_tell_too_little()
    {
        var random = new Random(7);
        string rows = payments.Write("long.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 20_000).Select(_ => FormattableString.Invariant($"{random.NextDouble()},{random.NextDouble()}\n"))));
        Assert.True(IsFitted(rows));
        string words = payments.Write("words.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 2000).Select(_ => $"{random.Next(19)},w{random.Next(5)}\n")));
        Assert.False(IsFitted(words));

        bool IsFitted(string data)
        {
            Run.Of("fit", data, "--out", payments["long.akm"], "--detector", "isolation-forest").Succeeds();
            return Run.Of("threshold", payments["long.akm"], data, "--rule", "contamination:0.01", "--out", payments["longer.akm"], "--json").Succeeds().Json.GetProperty("are_fitted_rows").GetBoolean();
        }
    }

    [Theory]
    [InlineData("nearest-neighbors")]
    [InlineData("local-outlier-factor")]
    public void Rows_of_the_fit_give_a_lower_threshold_than_others_of_their_kind(string detector)
    {
        var random = new Random(11);
        string[] files = [.. ((string[])["seen.csv", "unseen.csv"]).Select(name => payments.Write(name, "a,b,c\n" + string.Concat(Enumerable.Range(0, 1500).Select(_ => FormattableString.Invariant($"{random.NextDouble()},{random.NextDouble()},{random.NextDouble()}\n")))))];
        Run.Of("fit", files[0], "--out", payments["near.akm"], "--detector", detector).Succeeds();
        double[] found = [.. files.Select(file => Run.Of("threshold", payments["near.akm"], file, "--rule", "contamination:0.05", "--out", payments["nearer.akm"], "--json").Succeeds().Json.GetProperty("threshold").GetDouble())];
        Assert.True(found[0] < found[1], $"{found[0]} {found[1]}");
    }

    [Fact]
    public void With_rows_a_number_says_what_it_does_to_them()
    {
        var run = Run.Of("threshold", payments.Model, payments.Csv, "--value", "0", "--out", payments["all.akm"]).Succeeds();
        Assert.Contains("2,000 of 2,000 rows are anomalies", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_tells_the_alerts_of_its_new_threshold()
    {
        Run.Of("threshold", payments.Model, "--value", "0", "--out", payments["all.akm"]).Succeeds();
        Assert.Equal(1, Run.Of("inspect", payments["all.akm"], "--json").Succeeds().Json.GetProperty("alert_share").GetDouble());
        Assert.Contains("100.00 % of them above the threshold", Run.Of("inspect", payments["all.akm"]).Succeeds().Output.Replace("100.00%", "100.00 %", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0.01, Run.Of("inspect", payments.Model, "--json").Succeeds().Json.GetProperty("alert_share").GetDouble(), 0.0051);
    }

    [Theory]
    [InlineData(2, "one of the two", "threshold", "MODEL", "--out", "OUT")]
    [InlineData(2, "one of the two", "threshold", "MODEL", "DATA", "--value", "1", "--rule", "knee", "--out", "OUT")]
    [InlineData(2, "'0,7'", "threshold", "MODEL", "--value", "0,7", "--out", "OUT")]
    [InlineData(2, "'NaN'", "threshold", "MODEL", "--value", "NaN", "--out", "OUT")]
    [InlineData(2, "--rule", "threshold", "MODEL", "--value", "contamination:0.01", "--out", "OUT")]
    [InlineData(2, "contamination", "threshold", "MODEL", "DATA", "--rule", "contaminaton:0.01", "--out", "OUT")]
    [InlineData(2, "0.5", "threshold", "MODEL", "DATA", "--rule", "contamination:7", "--out", "OUT")]
    [InlineData(2, "name the rows", "threshold", "MODEL", "--rule", "contamination:0.01", "--out", "OUT")]
    [InlineData(2, "would be replaced", "threshold", "MODEL", "--value", "0.7", "--out", "MODEL")]
    [InlineData(2, "would be replaced", "threshold", "MODEL", "DATA", "--rule", "knee", "--out", "DATA")]
    [InlineData(2, "--out", "threshold", "MODEL", "--value", "0.7")]
    [InlineData(1, "none.akm", "threshold", "none.akm", "--value", "0.7", "--out", "OUT")]
    [InlineData(1, "none.csv", "threshold", "MODEL", "none.csv", "--rule", "knee", "--out", "OUT")]
    [InlineData(1, "is a table", "threshold", "DATA", "--value", "0.7", "--out", "OUT")]
    [InlineData(1, "does not exist", "threshold", "MODEL", "--value", "0.7", "--out", "no/such/folder/x.akm")]
    [InlineData(1, "at least one score", "threshold", "MODEL", "EMPTY", "--rule", "contamination:0.01", "--out", "OUT")]
    public void What_cannot_be_is_said_and_leaves_no_file(int code, string word, params string[] args)
    {
        string empty = payments.Write("empty.csv", "id,amount,hour,merchant,fraud\n");
        byte[] data = File.ReadAllBytes(payments.Csv);
        Run.Of([.. args.Select(arg => arg switch { "MODEL" => payments.Model, "DATA" => payments.Csv, "OUT" => payments["never.akm"], "EMPTY" => empty, _ => arg })]).Fails(code, word);
        Assert.False(File.Exists(payments["never.akm"]));
        Assert.Equal(data, File.ReadAllBytes(payments.Csv));
    }
}
