using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What <c>fit</c> and <c>score</c> write.</summary>
public sealed class ScoreTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void Scores_do_not_go_where_the_next_command_reads_them_as_data()
    {
        string data = payments["folder"];
        Directory.CreateDirectory(Path.Combine(data, "inner"));
        File.Copy(payments.Csv, Path.Combine(data, "rows.csv"), overwrite: true);
        foreach (string place in (string[])["scores.csv", "inner/scores.csv"])
            Run.Of("score", payments.Model, data, "--out", Path.Combine(data, place)).Fails(2, "--out", "the next command would read it as data");
        Assert.Equal(["rows.csv"], Directory.GetFiles(data, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        // Hidden files are not searched, and a file by name is not a folder.
        Run.Of("score", payments.Model, data, "--out", Path.Combine(data, ".scores.csv")).Succeeds();
        Run.Of("score", payments.Model, Path.Combine(data, "rows.csv"), "--out", Path.Combine(data, "scores.csv")).Succeeds();
    }

    [Fact]
    public void Scores_are_those_of_the_library()
    {
        Assert.Equal(["hour", "id", "amount", "score", "label"], Run.Of("score", payments.Model, payments.Csv, "--keep", "hour,id,amount").Succeeds().Rows[0]);
        var rows = Run.Of("score", payments.Model, payments.Csv, "--keep", "id,fraud").Succeeds().Rows;
        Assert.Equal(["id", "fraud", "score", "label"], rows[0]);
        Assert.Equal(Payments.RowCount + 1, rows.Length);
        var detector = DetectorFile.LoadTableDetector(payments.Model);
        using var reader = CsvTableReader.Open(payments.Csv, detector.Layout);
        float[] scores = detector.Score(reader.ReadAll());
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.Equal($"p{row}", rows[row + 1][0]);
            Assert.Equal(scores[row], float.Parse(rows[row + 1][2], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(scores[row] > detector.Threshold ? "true" : "false", rows[row + 1][3]);
        }
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.csv.gz")]
    [InlineData("scores.parquet")]
    [InlineData("scores.arrow")]
    public void Every_format_holds_the_same_scores(string name)
    {
        string expected = Run.Of("score", payments.Model, payments.Csv, "--keep", "id").Succeeds().Output;
        var run = Run.Of("score", payments.Model, payments.Csv, "--keep", "id", "--out", payments[name], "--json").Succeeds();
        Assert.Equal(Payments.RowCount, run.Json.GetProperty("rows").GetInt64());
        Assert.Equal(20, run.Json.GetProperty("anomalies").GetInt64());
        Run.Of("convert", payments[name], "--out", payments["again.csv"], "--kind", "id=category").Succeeds();
        Assert.Equal(expected, File.ReadAllText(payments["again.csv"]));
    }

    [Fact]
    public void The_highest_scores_come_with_row_numbers_and_reasons()
    {
        var run = Run.Of("score", payments.Model, payments.Csv, "--only", "top:20", "--explain", "2", "--json").Succeeds();
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Length);
        var rows = lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(rows, row => Assert.Equal(7, row.GetProperty("row").GetInt64() % 100));
        Assert.All(rows, row => Assert.Contains("amount is", row.GetProperty("reasons").GetString(), StringComparison.Ordinal));
        Assert.Equal(rows.OrderByDescending(row => row.GetProperty("score").GetSingle()), rows);
    }

    [Fact]
    public void Only_anomalies_are_those_with_the_label()
    {
        var all = Run.Of("score", payments.Model, payments.Csv).Succeeds().Rows.Skip(1).Select((row, number) => (Number: number, Row: row)).Where(row => row.Row[1] == "true");
        var only = Run.Of("score", payments.Model, payments.Csv, "--only", "anomalies").Succeeds().Rows.Skip(1);
        Assert.Equal(all.Select(row => $"{row.Number} {row.Row[0]}"), only.Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public void Two_files_are_one_table()
    {
        string[] lines = File.ReadAllLines(payments.Csv);
        string first = payments.Write("half-1.csv", string.Join('\n', lines[..1001]) + "\n");
        string second = payments.Write("half-2.csv", string.Join('\n', lines[1001..].Prepend(lines[0])) + "\n");
        Assert.Equal(Run.Of("score", payments.Model, payments.Csv, "--keep", "id").Output, Run.Of("score", payments.Model, first, second, "--keep", "id").Succeeds().Output);
        Assert.Equal(Run.Of("score", payments.Model, payments.Csv).Output, Run.Of("score", payments.Model, Path.Combine(Path.GetDirectoryName(first)!, "half-*.csv")).Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file()
    {
        string[] line = ["fit", payments.Csv, "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--threshold", "contamination:0.01", "--out", payments["again.akm"]];
        Run.Of([.. line, "--threads", "1"]).Succeeds();
        Assert.Equal(File.ReadAllBytes(payments.Model), File.ReadAllBytes(payments["again.akm"]));
        Run.Of([.. line, "--seed", "1"]).Succeeds();
        Assert.NotEqual(File.ReadAllBytes(payments.Model), File.ReadAllBytes(payments["again.akm"]));
    }

    [Fact]
    public void Every_detector_fits_from_its_name_alone()
    {
        foreach (string name in DetectorTrainers.Names)
        {
            var run = Run.Of("fit", payments.Csv, "--out", payments[$"{name}.akm"], "--label", "fraud", "--id", "id", "--detector", name, "--json").Succeeds();
            Assert.Equal(name, run.Json.GetProperty("detector").GetString());
            Assert.Equal(["amount", "hour", "merchant"], run.Json.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
            Run.Of("score", payments[$"{name}.akm"], payments.Csv).Succeeds();
        }
    }
}
