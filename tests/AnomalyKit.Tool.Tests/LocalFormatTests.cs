using System.Globalization;
using System.Text;
using AnomalyKit.Tests.Tables;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>An export from Germany: points in dates, commas in numbers, gaps. Each error names the option that helps, and with all of them every command reads the file.</summary>
public sealed class LocalFormatTests : IDisposable
{
    private static readonly string[] Reading = ["--date-format", "dd.MM.yyyy HH:mm", "--decimal", ","];

    private readonly TempFolder _folder = new();
    private readonly string _csv;

    public LocalFormatTests()
    {
        var random = new Random(7);
        var text = new StringBuilder("Nr;Zeit;Haendler;Betrag;Entfernung_km;Betrug\n");
        var start = new DateTime(2026, 3, 1);
        for (int row = 0; row < 400; row++)
        {
            string time = start.AddMinutes(row * 61).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);
            string distance = row % 4 == 0 ? "" : $"{random.Next(90)},{random.Next(10)}";
            text.Append(CultureInfo.InvariantCulture, $"r{row};{time};{((string[])["Aldi", "Shell"])[row % 2]};{random.Next(5, 90)},{random.Next(10, 99)};{distance};{(row % 40 == 7 ? 1 : 0)}\n");
        }

        _csv = _folder.File("export.csv");
        File.WriteAllText(_csv, text.ToString());
    }

    private string Model => _folder.File("model.akm");

    private string[] Fit => ["fit", _csv, "--out", Model, "--id", "Nr", "--label", "Betrug", "--detector", "isolation-forest", "--missing", "native"];

    [Fact]
    public void The_errors_lead_from_the_file_to_a_model()
    {
        Run.Of("inspect", _csv, "--id", "Nr").Fails(1, "'Zeit'", "--date-format 'dd.MM.yyyy HH:mm'", "--kind COL=category");
        Run.Of(Fit).Fails(1, "'Zeit'", "--date-format 'dd.MM.yyyy HH:mm'", "--kind COL=category");
        Run.Of([.. Fit, "--date-format", "dd.MM.yyyy"]).Fails(1, "--date-format 'dd.MM.yyyy' --date-format 'dd.MM.yyyy HH:mm'");
        Run.Of([.. Fit, .. Reading[..2]]).Fails(1, "'Betrag'", "--decimal");
        Run.Of([.. Fit, .. Reading]).Succeeds();
        Run.Of("score", Model, _csv).Fails(1, "'Zeit'", "--date-format 'dd.MM.yyyy HH:mm'. Otherwise");
        Run.Of("score", Model, _csv, "--date-format", "dd.MM.yyyy HH:mm").Fails(1, "'Betrag'", "--decimal");
    }

    [Fact]
    public void Amounts_with_signs_and_thousands_are_read_by_the_options_that_the_error_names()
    {
        string csv = _folder.File("claims.csv");
        File.WriteAllText(csv, "claim,amount\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i},\"£{(i * 61) + 950:N2}\"\n"))));
        Run.Of("inspect", csv, "--id", "claim").Fails(1, "'amount'", "Say how numbers are written: --thousands ',' and --currency '£'.");
        Assert.Matches("amount +number", Run.Of("inspect", csv, "--id", "claim", "--thousands", ",", "--currency", "£").Succeeds().Output);
        Run.Of("inspect", csv, "--thousands", ",", "--decimal", ",").Fails(2, "--decimal and --thousands");
    }

    [Fact]
    public void Numbers_with_units_are_named_by_inspect_and_fit_and_read_by_what_they_say()
    {
        string csv = _folder.File("orders.csv");
        File.WriteAllText(csv, "price,rate,weight,x\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 40}.85 EUR,{i % 30} %,{1 + (i % 20)} {484 + (i % 3)},{i * i % 17}.5\n"))));
        string said = Run.Of("inspect", csv).Succeeds().Output;
        Assert.Contains("Column 'price' holds numbers with 'EUR' beside them", said, StringComparison.Ordinal);
        Assert.Contains("--currency EUR reads", said, StringComparison.Ordinal);
        Assert.Contains("--currency='%' reads", said, StringComparison.Ordinal);
        Assert.Contains("--thousands space reads", said, StringComparison.Ordinal);
        string[] fit = ["fit", csv, "--out", Model, "--detector", "isolation-forest"];
        string notes = Run.Of(fit).Succeeds().Errors;
        Assert.Contains("note: Column 'price' holds numbers with 'EUR' beside them", notes, StringComparison.Ordinal);
        Assert.Contains("note: Column 'rate'", notes, StringComparison.Ordinal);
        Assert.Contains("note: Column 'weight'", notes, StringComparison.Ordinal);
        string[] reading = ["--currency", "EUR,%", "--thousands", "space"];
        Assert.DoesNotContain("note:", Run.Of([.. fit, .. reading]).Succeeds().Errors, StringComparison.Ordinal);
        string table = Run.Of(["inspect", csv, .. reading]).Succeeds().Output;
        Assert.Matches("price +number", table);
        Assert.Matches("rate +number", table);
        Assert.Matches("weight +number", table);
    }

    [Fact]
    public void Dates_that_were_read_as_words_are_refused_with_the_option_that_reads_them()
    {
        string csv = _folder.File("times.csv");
        File.WriteAllText(csv, "at,x\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2026, 10, 1).AddHours(i):yyyy-MM-dd HH:mm:ss},{i * i % 17}.5\n"))));
        string[] words = ["--kind", "at=category"];
        Run.Of(["fit", csv, "--out", Model, "--detector", "isolation-forest", .. words]).Fails(1, "Column 'at' holds dates as words, such as '2026-10-01 00:00:00'", "Declare it as dates (--kind COL=datetime), let it ride along (--id), or leave it out (--ignore).");
        Assert.Contains("read it as dates with --kind at=datetime", Run.Of(["inspect", csv, .. words]).Succeeds().Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Run.Of("fit", csv, "--out", Model, "--detector", "isolation-forest", "--kind", "at=datetime").Succeeds();
    }

    [Fact]
    public void Amounts_that_all_differ_are_refused_as_numbers_with_a_unit_and_not_as_names_of_rows()
    {
        string csv = _folder.File("amounts.csv");
        File.WriteAllText(csv, "price,x\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"R$ {i}.85,{i * i % 17}.5\n"))));
        Run.Of("fit", csv, "--out", Model, "--detector", "isolation-forest").Fails(1, "Column 'price' holds numbers in a notation that is not read, such as 'R$ 0.85'", "say how numbers are written: --currency 'R$'", "(--ignore)");
        Run.Of("fit", csv, "--out", Model, "--detector", "isolation-forest", "--currency", "R$").Succeeds();
    }

    [Fact]
    public void Infinite_words_are_named_with_what_to_do()
    {
        string csv = _folder.File("infinite.csv");
        File.WriteAllText(csv, "ratio,x\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 20 == 3 ? "inf" : $"{i % 40}.5")},{i * i % 17}.5\n"))));
        Assert.Contains("--missing-marks=inf and --missing median", Run.Of("inspect", csv).Succeeds().Output, StringComparison.Ordinal);
        string[] fit = ["fit", csv, "--out", Model, "--detector", "isolation-forest"];
        Assert.Contains("note: Column 'ratio' holds numbers in 285 of 300 cells, and otherwise words such as 'inf'.", Run.Of(fit).Succeeds().Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", Run.Of([.. fit, "--missing-marks=inf", "--missing", "median"]).Succeeds().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decimal_comma_of_some_columns_alone_is_read_beside_points()
    {
        string csv = _folder.File("mixed.csv");
        File.WriteAllText(csv, "amount;fee;score\n" + string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 40},25;{i % 7},5;{i * i % 17}.75\n"))));
        Run.Of("inspect", csv).Fails(1, "'amount'", "--decimal", "If the numbers of other columns have a point, name the columns with the comma (--local-columns).");
        Assert.Contains("Column 'score' holds numbers with a decimal point in 300 cells, but a decimal comma was asked for.", Run.Of("inspect", csv, "--decimal", ",").Succeeds().Output, StringComparison.Ordinal);
        string[] reading = ["--decimal", ",", "--local-columns", "amount,fee"];
        string table = Run.Of(["inspect", csv, .. reading]).Succeeds().Output;
        foreach (string column in (string[])["amount", "fee", "score"])
            Assert.Matches($"{column} +number", table);
        string[] fit = ["fit", csv, "--out", Model, "--detector", "isolation-forest", .. reading];
        Run.Of(fit).Succeeds();
        Assert.Equal(301, Run.Of(["score", Model, csv, .. reading]).Succeeds().Rows.Length);
        Run.Of("inspect", csv, "--decimal", ",", "--local-columns", "amount,fe").Fails(1, "'fe'", "--local-columns", "amount, fee, score");
        Run.Of("inspect", csv, "--local-columns", "amount").Fails(2, "--local-columns", "--decimal");
        Run.Of(["cluster", "slurm", "--shards", "2", "--folder", _folder.File("job"), "--", .. fit]).Succeeds();
        Assert.Contains("--local-columns amount", File.ReadAllText(Path.Combine(_folder.File("job"), "threshold-score.sbatch")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_code_page_is_named_as_the_error_says()
    {
        string csv = _folder.File("old.csv");
        File.WriteAllBytes(csv, Encoding.Latin1.GetBytes("Ort,Betrag\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{((string[])["Köln", "Graz"])[i % 2]},{i}\n"))));
        Run.Of("inspect", csv).Fails(1, "--encoding windows-1252");
        Run.Of("convert", csv, "--encoding", "windows-1252", "--out", _folder.File("new.csv")).Succeeds();
        Assert.Contains("Köln,0", File.ReadAllText(_folder.File("new.csv")), StringComparison.Ordinal);
        Run.Of("inspect", csv, "--encoding", "klingon").Fails(2, "klingon");
    }

    [Fact]
    public void A_name_that_is_not_found_in_a_file_of_an_old_code_page_is_not_called_misspelled()
    {
        string csv = _folder.File("names.csv");
        File.WriteAllBytes(csv, Encoding.Latin1.GetBytes("Probe,Gerät,Wert\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"P{i},g{i % 3},{i}.5\n"))));
        string[] fit = ["fit", csv, "--out", Model, "--id", "Gerät,Probe", "--detector", "isolation-forest"];
        Run.Of(fit).Fails(1, "There is no column 'Gerät'.", "not UTF-8", "--encoding windows-1252");
        Run.Of([.. fit, "--encoding", "windows-1252"]).Succeeds();
        Run.Of("score", Model, csv, "--keep", "Gerät").Fails(1, "There is no column 'Gerät'.", "--encoding windows-1252");
        Run.Of("explain", Model, csv, "--where", "Gerät=g1").Fails(1, "--encoding windows-1252");
        Assert.Equal(20, Run.Of("explain", Model, csv, "--where", "Gerät=g1", "--top", "60", "--json", "--encoding", "windows-1252").Succeeds().Json.GetArrayLength());
        // A misspelled name in a file that is read as it is written stays one.
        Assert.DoesNotContain("UTF-8", Run.Of("score", Model, csv, "--keep", "Geraet", "--encoding", "windows-1252").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_that_reads_data_takes_the_format()
    {
        Run.Of([.. Fit, .. Reading]).Succeeds();
        string table = Run.Of(["inspect", _csv, "--id", "Nr", .. Reading]).Succeeds().Output;
        Assert.Matches("Zeit +datetime", table);
        Assert.Equal(401, Run.Of(["score", Model, _csv, .. Reading]).Succeeds().Rows.Length);
        Run.Of(["explain", Model, _csv, "--top", "1", .. Reading]).Succeeds();
        Run.Of(["evaluate", Model, _csv, "--label", "Betrug", .. Reading]).Succeeds();
        Run.Of(["drift", Model, _csv, .. Reading]).Succeeds();
        Run.Of(["convert", _csv, "--out", _folder.File("iso.csv"), .. Reading]).Succeeds();
        Assert.Contains("r1,2026-03-01T01:01:00,Shell", File.ReadAllText(_folder.File("iso.csv")), StringComparison.Ordinal);
        Run.Of(["compare", _csv, "--label", "Betrug", "--id", "Nr", "--detectors", "isolation-forest", "--missing", "median", .. Reading]).Succeeds();
        Run.Of(["tune", _csv, "--label", "Betrug", "--id", "Nr", "--time", "Zeit", "--trials", "2", "--outer-folds", "0", "--missing", "native", .. Reading]).Succeeds();
        Run.Typing("q\n", ["review", Model, _csv, "--key", "Nr", "--session", _folder.File("s.json"), "--out", _folder.File("learned.akm"), .. Reading]).Succeeds();
        Run.Of("tune", _csv, "--label", "Betrug", "--id", "Nr", "--time", "Zeit", "--trials", "2", "--decimal", ",", "--missing", "native").Fails(1, "'Zeit'", "--date-format");
    }

    [Fact]
    public void Shards_and_jobs_take_the_format()
    {
        string[] fit = [.. Fit, .. Reading[2..], .. Reading[..2], "--date-format", "dd.MM.yyyy"];
        Run.Of(fit).Succeeds();
        string expected = Run.Of(["score", Model, _csv, .. Reading]).Succeeds().Output;
        foreach (string shard in (string[])["1/2", "2/2"])
            Run.Of([.. fit, "--plan", _folder.File("plan.json"), "--shard", shard]).Succeeds();
        Run.Of("merge", Model + ".parts", "--out", Model).Succeeds();
        Assert.Equal(expected, Run.Of(["score", Model, _csv, .. Reading]).Succeeds().Output);

        Run.Of(["cluster", "slurm", "--shards", "2", "--folder", _folder.File("job"), "--", .. fit]).Succeeds();
        const string Formats = "--date-format 'dd.MM.yyyy HH:mm' --date-format dd.MM.yyyy";
        Assert.Contains(Formats, File.ReadAllText(Path.Combine(_folder.File("job"), "fit.sbatch")), StringComparison.Ordinal);
        Assert.Contains(Formats, File.ReadAllText(Path.Combine(_folder.File("job"), "threshold-score.sbatch")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_shards_are_counted_without_looking_at_columns_that_are_left_out()
    {
        string csv = _folder.File("two.csv");
        File.WriteAllText(csv, "x;y;Betrag;Zeit\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row * row % 17}.5;{row % 7}.25;1,5;01.03.2026\n")));
        Run.Of("fit", csv, "--out", Model, "--detector", "isolation-forest", "--ignore", "Betrag,Zeit", "--shard", "1/1").Succeeds();
        Run.Of("merge", Model + ".parts", "--out", Model).Succeeds();
    }

    [Fact]
    public void The_format_is_completed()
    {
        const string Line = "anomalykit score model.akm data.csv --date";
        Assert.Contains("--date-format", Run.Of("complete", Line.Length.ToString(CultureInfo.InvariantCulture), Line).Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date")]
    [InlineData("datetime")]
    public void Dates_are_a_kind_by_two_names(string name) => Run.Of([.. Fit, .. Reading, "--kind", $"Zeit={name}"]).Succeeds();

    [Fact]
    public void A_detector_that_cannot_use_missing_cells_names_a_column_that_has_some()
    {
        string[] fit = ["fit", _csv, "--out", Model, "--id", "Nr", "--label", "Betrug", "--missing", "native", .. Reading];
        Run.Of(fit).Fails(1, "Column 'Entfernung_km' has 100 missing cells", "the detector 'recommended'", "--detector isolation-forest", "--missing median");
        Run.Of([.. fit, "--detector", "elliptic-envelope"]).Fails(1, "'Entfernung_km'", "the detector 'elliptic-envelope'");
        Run.Of([.. fit, "--detector", "elliptic-envelope", "--ignore", "Entfernung_km"]).Fails(1, "(--missing native)", "the detector 'elliptic-envelope'");
    }

    [Fact]
    public void The_row_of_a_missing_cell_says_how_it_is_counted() =>
        Run.Of(["fit", _csv, "--out", Model, "--id", "Nr", "--label", "Betrug", .. Reading]).Fails(1, "Row 0, column 'Entfernung_km' is missing, as are 100 of 400 cells of the column. Rows are counted from 0.");

    /// <summary>What the first page says: the command fits the detector of the code above it.</summary>
    [Fact]
    public void The_command_of_the_readme_fits_the_detector_of_its_code()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "AnomalyKit.sln")))
            root = root.Parent!;
        string payments = Path.Combine(root.FullName, "samples", "QuickStart", "payments.csv");
        string readme = File.ReadAllText(Path.Combine(root.FullName, "README.md")).Replace("\\\n", "", StringComparison.Ordinal);
        string line = readme.Split('\n').Single(text => text.StartsWith("anomalykit fit ", StringComparison.Ordinal));
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        Run.Of([.. words.Select(word => word switch { "payments.csv" => payments, "payments.akm" => Model, _ => word })]).Succeeds();

        using var reader = CsvTableReader.Open(payments, new TableLayout { IdColumns = ["Id"], LabelColumn = "Fraud" });
        var table = reader.ReadAll();
        var trainer = new TableTrainer(RecommendedEnsemble.Create(seed: 42) with { Threshold = ThresholdRule.Contamination(0.01), Calibration = ScoreCalibration.Conformal(seed: 42) })
        {
            Preparation = new TablePreparation { Missing = MissingCells.Median },
        };
        TableDetector program = trainer.Fit(table);
        TableDetector shell = DetectorFile.LoadTableDetector(Model);
        Assert.Equal(program.Threshold, shell.Threshold);
        Assert.Equal(program.Score(table), shell.Score(table));
    }

    public void Dispose() => _folder.Dispose();
}
