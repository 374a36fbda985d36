using System.Text.Json;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Inspection;

public sealed class InspectionFindingTests
{
    private const int Rows = 1000;

    [Theory]
    [InlineData(9.9, null)]
    [InlineData(10.1, "The spread of column 'power kw' is 10 times that of 'vibration', and distances follow the larger.")]
    [InlineData(4_321, "The spread of column 'power kw' is 4,300 times that of 'vibration', and distances follow the larger.")]
    public void Spreads_that_differ_ten_times_are_noticed(double factor, string? expected)
    {
        // A far value, a constant and words spread nothing.
        var profile = ReferenceProfile.Of(new FeatureTable(
            Numbers("vibration", row => row % 100),
            Numbers("power kw", row => factor * (row % 100)),
            Numbers("between", row => row == 5 ? 1e9 : 2 * (row % 100)),
            Numbers("constant", _ => 1e12),
            Words("w", row => $"w{row % 7}")));
        var findings = TableInspection.FindUnequalSpreads(profile);
        Assert.Equal(expected is null ? [] : [expected], findings.Select(finding => finding.Message));
        Assert.All(findings, finding => Assert.Equal((InspectionFindingKind.UnequalSpreads, "If the columns have different units, add --set Scaling=standard."), (finding.Kind, finding.Advice)));
    }

    public static TheoryData<TableColumn, string, string> Findings => new()
    {
        {
            Numbers("x", row => row % 8 == 0 ? double.NaN : row % 17),
            "MissingCells: Column 'x' is missing in 125 of 1,000 rows (12.5 %).",
            "A fit refuses missing cells; fill them in with --missing median, or keep them with --missing native for the isolation forest, which alone is weak where a single column tells the whole story."
        },
        { Numbers("my x", _ => double.NaN), "AllMissing: Column 'my x' has no value in any of 1,000 rows.", "A fit refuses it; leave it out with --ignore='my x'." },
        {
            Numbers("x", row => row == 3 ? double.NegativeInfinity : row % 17),
            "InfiniteCells: Column 'x' is infinite in 1 row.",
            "A fit refuses infinite cells; leave the cells empty where the value is not known and give --missing median, or leave the column out with --ignore x."
        },
        { Numbers("x", _ => 7), "Constant: Column 'x' has the same value, '7', in all 1,000 rows.", "--ignore x if that is not wanted." },
        { Whole("it's", row => 500 + row), "Identifier: Column 'it's' looks like a row number: 1,000 whole numbers from 500 to 1499, no two the same.", "with --id='it'\\''s', or leave it out with --ignore='it'\\''s'." },
        { Words("key", row => $"k{row % 600}"), "Identifier: Column 'key' looks like an identifier: 600 different words in 1,000 cells.", "with --id key, or leave it out with --ignore key." },
        { Words("at", row => $"2026-10-{1 + (row % 31):00} 00:08:{row % 60:00}"), "Identifier: Column 'at' holds dates as words: 1,000 different ones in 1,000 cells.", "read it as dates with --kind at=datetime, copy it to the scores with --id at, or leave it out with --ignore at." },
        { Words("at", row => row == 5 ? "soon" : $"2026-10-{1 + (row % 31):00} 00:08:{row % 60:00}"), "Identifier: Column 'at' looks like an identifier: ", "with --id at, or leave it out with --ignore at." },
        { Words("key", row => $"The customer of number {row} called, and said that it was urgent."), "Identifier: Column 'key' looks like free text: 1,000 different words in 1,000 cells.", "--ignore key." },
        { Numbers("x", row => row % 50 == 0 ? -999 : row % 17), "Sentinel: Column 'x' is -999 in 20 rows, far from all other values (0 to 16), as if it stood for a missing value.", "leave such cells empty in the source" },
        { Numbers("x", row => row % 50 == 0 ? -9999 : row % 50 == 1 ? 9999 : row % 17), "Sentinel: Column 'x' is -9999 in 20 rows, far from all other values (0 to 16)", "--missing median." },
        { Numbers("x", row => row == 9 ? 1e9 : row % 17), "FarValue: Column 'x' has a single value, 1000000000, more than 10 times as far from the median as any other; the next is 16.", "--set Scaling=robust" },
        { Dates("when", row => row == 4 ? new DateTime(9999, 12, 31) : new DateTime(2024, 1, 1).AddHours(row)), "Sentinel: Column 'when' is 9999-12-31 in 1 row, far from all other values (2024-01-01 to 2024-02-11)", "--missing median." },
        { Dates("when", row => row == 4 ? new DateTime(2924, 1, 1) : new DateTime(2024, 1, 1).AddHours(row)), "FarValue: Column 'when' has a single value, 2924-01-01", "an error" },
        { Dates("ts", row => new DateTime(2024, 1, 1).AddMinutes(row)), "RisingTime: Column 'ts' rises from row to row: 1,000 dates and times, no two the same.", "with --id ts; otherwise a fit learns from its hour." },
        { Dates("ts", row => new DateTime(2024, 1, 1).AddHours(row)), "RisingTime: Column 'ts' rises from row to row: 1,000 dates and times, no two the same.", "with --id ts; otherwise a fit learns from its hour and weekday." },
        { Dates("ts", row => new DateTime(2024, 1, 1).AddDays(row)), "RisingTime: Column 'ts' rises from row to row: 1,000 dates and times, no two the same.", "with --id ts; otherwise a fit learns from its weekday." },
        { Words("w", row => row % 10 == 0 ? "N/A" : $"w{row % 7}"), "MissingWord: Column 'w' has the word 'N/A' in 100 rows, as if the value were unknown.", "--missing most-frequent." },
        { Words("w", row => row % 200 == 0 ? "n/a" : $"{row % 90}"), "NumbersAmongWords: Column 'w' holds numbers in 995 of 1,000 cells, and otherwise words such as 'n/a'.", "taken for categories; name such words with --missing-marks" },
        { Words("w", row => row % 200 == 0 ? "n/a" : $"{row}"), "NumbersAmongWords: Column 'w' holds numbers in 995 of 1,000 cells", "taken for categories, and a fit refuses so many; " },
        { Words("w", row => $"{row % 90}.85 EUR"), "WrittenNumbers: Column 'w' holds numbers with 'EUR' beside them in 1,000 of 1,000 cells, such as '0.85 EUR'.", "All of them are taken for categories. --currency EUR reads the numbers of a CSV file; elsewhere" },
        { Words("w", row => $"R$ {row},50"), "WrittenNumbers: Column 'w' holds numbers with 'R$' beside them in 1,000 of 1,000 cells, such as 'R$ 0,50'.", "and a fit refuses so many. --currency='R$' with --decimal , reads the numbers of a CSV file" },
        { Words("w", row => row % 3 == 0 ? $"{row % 90}" : $"{1 + (row % 90)} {100 + (row % 9)}"), "WrittenNumbers: Column 'w' holds numbers in a notation that is not read in 666 of 1,000 cells, such as '1", "--thousands space reads the numbers" },
        { Words("w", row => row % 11 == 0 ? "n/a" : $"{row % 70} %"), "WrittenNumbers: Column 'w' holds numbers with '%' beside them in", "--currency='%' reads the numbers of a CSV file (12 % as 12); elsewhere, let the source hold the numbers alone." },
        { Words("w", row => row % 20 == 0 ? "n/a" : $"{row % 70}%"), "WrittenNumbers: Column 'w' holds numbers with '%' beside them in 950 of 1,000 cells, such as '0%'.", "50 cells with something else must be corrected, or named with --missing-marks" },
        { Words("w", row => row % 2 == 0 ? $"{row % 70} kg" : $"{row % 70} g"), "WrittenNumbers: Column 'w' holds numbers with 'g' or 'kg' beside them in 1,000 of 1,000 cells", "If all units mean the same, --currency='g,kg' reads" },
        { Words("w", row => row % 2 == 0 ? $"{row % 70}.5 kg" : $"{1 + (row % 70)},25 kg"), "WrittenNumbers: Column 'w'", "no options read all of them; correct the column in the source." },
        { Words("w", row => row % 50 == 0 ? "-inf" : row % 50 == 1 ? "inf" : $"{row % 90}.5"), "NumbersAmongWords: Column 'w' holds numbers in 960 of 1,000 cells, and otherwise words such as '-inf', 'inf'.", "no detector takes infinite numbers, so write a large finite one in the source, or count these cells as missing with --missing-marks=-inf,inf and --missing median." },
        { Words("w", row => row == 77 ? "b" : "a"), "SkewedCategory: Column 'w' is 'a' in 99.9 % of the cells.", "leave the column out with --ignore w, or with --id w to see it beside the scores." },
        { Flags("is_new", row => row % 50 == 0), "SkewedCategory: Column 'is_new' is 'false' in 98 % of the cells.", "--ignore is_new" },
        { Flags("seen", row => row == 77), "SkewedCategory: Column 'seen' is 'false' in 99.9 % of the cells.", "--ignore seen" },
        { Words("w", row => $"w{row % 100}"), "ManyCategories: Column 'w' has 100 different words.", "The isolation forest alone uses the words themselves" },
        { Whole("Class", row => row % 500 == 0 ? 1 : 0), "LikelyLabel: Column 'Class' has two values, the rarer one in 2 rows (0.2 %), and is named like a label.", "give --label Class." },
        { Flags("isFraud", row => row % 3 == 0), "LikelyLabel: Column 'isFraud' has two values, the rarer one in 334 rows (33.4 %)", "--label isFraud." },
        { Words("was_flagged", row => row % 20 == 0 ? "yes" : "no"), "LikelyLabel: Column 'was_flagged' has two values, the rarer one in 50 rows (5 %)", "--label was_flagged." },
        { Words("avérée", row => row % 40 == 0 ? "oui" : row % 20 == 10 ? "Non" : null), "LikelyLabel: Column 'avérée' says yes or no in 75 rows and is missing in the other 925 (92.5 %), like a label that is known of few rows.", "give --label='avérée': a detector must not see it" },
        { Numbers("checked", row => row % 40 == 0 ? row % 80 / 40 : double.NaN), "LikelyLabel: Column 'checked' says yes or no in 25 rows and is missing in the other 975 (97.5 %)", "give --label checked" },
        { Numbers("rare", row => row % 40 == 0 ? 1 + (row % 80 / 40) : double.NaN), "MissingCells: Column 'rare' is missing in 975 of 1,000 rows (97.5 %).", "fill them in with --missing median" },
        { Words("often", row => row % 3 == 0 ? null : row % 2 == 0 ? "yes" : "no"), "MissingCells: Column 'often' is missing in 334 of 1,000 rows (33.4 %).", "fill them in with --missing median" },
        { Flags("trueLabel", row => row % 20 == 0), "LikelyLabel: Column 'trueLabel' has two values, the rarer one in 50 rows (5 %)", "--label trueLabel." },
    };

    public static TheoryData<TableColumn> Ordinary =>
    [
        Numbers("x", row => Math.Sin(row * row)),
        Numbers("counts", row => row % 1000 == 5 ? 9999 : row * 10),
        Whole("amount", row => row * row),
        Whole("year", row => 1900 + (row % 120)),
        Words("w", row => $"w{row % 20}"),
        Words("code", row => $"{row % 20}"),
        Words("version", row => $"{row % 4}.{row % 5}"),
        Words("quarter", row => $"Q{1 + (row % 4)}"),
        Words("seat", row => $"{row % 3}{"ABCD"[row % 4]}"),
        Words("place", row => $"{((string[])["1st", "2nd", "3rd", "4th", "21st"])[row % 5]}"),
        Words("plate", row => $"ABC {row % 20}"),
        Words("time", row => $"{row % 24}:30"),
        Words("address", row => $"192.168.100.{100 + (row % 20)}"),
        Words("phone", row => $"030 123 4{10 + (row % 20)}"),
        Dates("when", row => new DateTime(1970, 1, 1).AddDays(row * 7 % 1000)),
        Flags("weekend", row => row % 7 < 2),
        Flags("is_weekend", row => row % 7 < 2),
        Flags("has_receipt", row => row % 14 > 0),
        Flags("is_new", row => row % 20 == 0),
        Words("travel_class", row => row % 20 == 0 ? "first" : "second"),
        Flags("promo_flag", row => row % 20 == 0),
        Flags("target_group", row => row % 20 == 0),
        Whole("yield", row => row % 2),
    ];

    [Theory]
    [MemberData(nameof(Findings))]
    public void Each_finding_says_what_and_what_to_do(TableColumn column, string message, string advice)
    {
        var findings = TableInspection.Of(Beside(column)).Findings;
        var finding = Assert.Single(findings, finding => finding.Kind.ToString() == message.Split(':')[0] && finding.Message.StartsWith(message.Split(": ", 2)[1], StringComparison.Ordinal));
        Assert.Equal([column.Name], finding.ColumnNames);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        // One finding a column, but where both ends are sentinels.
        Assert.True(findings.Count == 1 || findings.All(other => other.Kind == InspectionFindingKind.Sentinel));
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Ordinary_columns_raise_nothing(TableColumn column) => Assert.Empty(TableInspection.Of(Beside(column)).Findings);

    [Fact]
    public void Copies_are_found_across_types_and_told_apart_by_a_single_cell()
    {
        double Cell(int row) => row % 9 == 0 ? double.NaN : row % 11;
        var table = new FeatureTable(
            Numbers("a", Cell),
            new SingleColumn("b", Enumerable.Range(0, Rows).Select(row => (float)Cell(row)).ToArray()),
            new Int64Column("c", Enumerable.Range(0, Rows).Select(row => (long)(row % 11)).ToArray(), Enumerable.Range(0, Rows).Select(row => row % 9 == 0).ToArray()),
            Numbers("d", row => row == Rows - 1 ? 99 : Cell(row)),
            Flags("e", row => row % 4 == 0),
            Whole("f", row => row % 4 == 0 ? 1 : 0),
            Words("g", row => row % 4 == 0 ? "1" : "0"),
            Words("h", row => row % 4 == 0 ? "1" : "0"),
            new Int64Column("big", Enumerable.Range(0, Rows).Select(row => long.MaxValue - (row % 5)).ToArray()),
            new Int64Column("bigger", Enumerable.Range(0, Rows).Select(row => long.MaxValue - ((row + (row / 999)) % 5)).ToArray()));
        var copies = TableInspection.Of(table).Findings.Where(finding => finding.Kind == InspectionFindingKind.CopiedColumns).ToArray();
        Assert.Equal(["a,b,c", "e,f", "g,h"], copies.Select(finding => string.Join(',', finding.ColumnNames)));
        Assert.Equal("Columns 'a', 'b', 'c' have numerically equal values in all 1,000 rows.", copies[0].Message);
        Assert.Equal("Detectors that measure distances count them 3 times; leave out all but one with --ignore b --ignore c.", copies[0].Advice);
    }

    [Fact]
    public void Copied_rows_are_counted_over_the_features_alone()
    {
        var table = new FeatureTable([Whole("id", row => row), Numbers("x", row => row < 990 ? row : 5)], new TableSchema(new TableField("id", ColumnKind.Number, ColumnRole.Id), new TableField("x", ColumnKind.Number)));
        var inspection = TableInspection.Of(table);
        Assert.Equal(10, inspection.DuplicateRowCount);
        Assert.Contains(inspection.Findings, finding => finding.Message == "10 of 1,000 rows are copies of an earlier row in all columns.");
        // Cells that changed places are no copies.
        Assert.Equal(0, TableInspection.Of(new FeatureTable(Whole("a", row => row % 2), Whole("b", row => 1 - (row % 2)))).DuplicateRowCount - (Rows - 2));
    }

    [Fact]
    public void A_label_that_was_learned_from_is_seen_in_the_profile()
    {
        var table = new FeatureTable(
            Whole("confirmed_fraud", row => row % 50 == 0 ? 1 : 0), Flags("isSpam", row => row % 20 == 0), Words("attack", row => row % 10 == 0 ? "yes" : "no"), Whole("class", row => row % 3), Flags("weekend", row => row % 7 < 2), Whole("yield", row => row % 2));
        var findings = TableInspection.FindLikelyLabels(ReferenceProfile.Of(table));
        Assert.Equal(["confirmed_fraud", "isSpam", "attack"], findings.Select(finding => finding.ColumnNames[0]));
        Assert.Equal("Column 'confirmed_fraud' was learned from. It has two values, the rarer one in 2 % of the rows, and is named like a label.", findings[0].Message);
        Assert.EndsWith("give --label attack.", findings[2].Advice, StringComparison.Ordinal);
        Assert.Empty(TableInspection.FindLikelyLabels(ReferenceProfile.Of(new FeatureTable(Flags("weekend", row => row % 7 < 2)))));
    }

    [Fact]
    public void A_share_of_a_sample_is_about()
    {
        var fraud = new BooleanColumn("fraud", Enumerable.Range(0, 20_000).Select(row => (sbyte)(row * 7919L % 100 < 7 ? 1 : 0)).ToArray());
        Assert.Matches("the rarer one in about [67](\\.[0-9])? % of the rows", Assert.Single(TableInspection.FindLikelyLabels(ReferenceProfile.Of(new FeatureTable(fraud)))).Message);
    }

    [Fact]
    public void A_label_is_seen_although_its_few_anomalies_are_not_in_the_sample()
    {
        var fraud = new Int64Column("fraud", Enumerable.Range(0, 100_000).Select(row => row is 33_331 or 66_671 ? 1L : 0).ToArray());
        var finding = Assert.Single(TableInspection.FindLikelyLabels(ReferenceProfile.Of(new FeatureTable(fraud))));
        Assert.Equal("Column 'fraud' was learned from. It has two values, the rarer one in very few of the rows, and is named like a label.", finding.Message);
    }

    [Fact]
    public void A_label_is_not_looked_for_where_there_is_one()
    {
        var table = new FeatureTable([Flags("fraud", row => row % 9 == 0), Flags("is_new", row => row % 50 == 0)], new TableSchema(new TableField("fraud", ColumnKind.Boolean, ColumnRole.Label), new TableField("is_new", ColumnKind.Boolean)));
        Assert.DoesNotContain(TableInspection.Of(table).Findings, finding => finding.Kind == InspectionFindingKind.LikelyLabel);
    }

    [Fact]
    public void Tables_of_nothing_get_answers()
    {
        var empty = TableInspection.Of(Beside(Numbers("x", row => row)).Slice(0, 0));
        Assert.Equal("NoRows: The table has no rows.", string.Join(' ', empty.Findings.Select(finding => $"{finding.Kind}: {finding.Message}")));
        Assert.True(empty.BlocksFit);
        Assert.Null(empty.Columns[0].Numbers);
        Assert.Equal("The table has only 1 row.", TableInspection.Of(new FeatureTable(Numbers("x", row => row)).Slice(0, 1)).Findings[0].Message);
        var hostile = new FeatureTable(
            Numbers("\u2028</script>", _ => double.PositiveInfinity),
            Words(new string('n', 500), row => row % 2 == 0 ? new string('w', 200_000) : new string('w', 200_000) + "!"),
            Words("half \ud800", row => new string('x', 99) + "\ud83d\ude00" + (row % 3)),
            Numbers("range", row => row % 2 == 0 ? double.MaxValue : double.MinValue));
        var inspection = TableInspection.Of(hostile);
        Assert.Equal([1, 2, 3, 2], inspection.Columns.Select(column => column.DistinctCount));
        Assert.All(inspection.Columns.SelectMany(column => column.FrequentValues), value => Assert.InRange(value.Text.Length, 0, 101));
        Assert.All(inspection.Findings, finding => Assert.InRange(finding.ToString().Length, 10, 2000));
        using var json = JsonDocument.Parse(inspection.ToJson());
        Assert.Equal(4, json.RootElement.GetProperty("columns").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("columns")[0].GetProperty("numbers").GetProperty("mean").ValueKind);
    }

    [Fact]
    public void The_document_has_the_names_that_are_promised()
    {
        var table = new FeatureTable([Numbers("x", row => row % 8 == 0 ? double.NaN : row % 16), Dates("d", row => new DateTime(2024, 1, 1).AddDays(row))], new TableSchema(new TableField("x", ColumnKind.Number, ColumnRole.Feature, "inferred: why"), new TableField("d", ColumnKind.DateTime)));
        using var json = JsonDocument.Parse(TableInspection.Of(table, new InspectionOptions { MaxFrequentValues = 1 }).ToJson());
        Assert.Equal(
            """{"format":"anomalykit.inspection","version":1,"rows":1000,"duplicate_rows":{"count":0,"exact":true},"blocks_fit":true,"columns":[{"name":"x","kind":"number","role":"feature","origin":"inferred: why","missing":125,"missing_fraction":0.125,"distinct":{"count":14,"exact":true},"numbers":{"minimum":1,"lower_quartile":4,"median":7,"upper_quartile":12,"maximum":15,"mean":7.96,"standard_deviation":4.47,"rank_error":0,"infinite":0},"frequent_values":[{"value":"1","count":63,"exact":true}]},{"name":"d","kind":"date_time","role":"feature","origin":"declared","missing":0,"missing_fraction":0,"distinct":{"count":1000,"exact":true},"dates":{"earliest":"2024-01-01T00:00:00","median":"2025-05-14T00:00:00","latest":"2026-09-26T00:00:00"},"frequent_values":[]}],"correlations":{"compared_columns":1,"comparable_columns":1,"rows":1000,"pair_count":0,"pairs":[]},"findings":[{"kind":"missing_cells","columns":["x"],"message":"m","advice":"a","blocks_fit":true},{"kind":"rising_time","columns":["d"],"message":"m","advice":"a","blocks_fit":false}]}""",
            Normalized(json.RootElement));
    }

    /// <summary>What is said to block a fit is what a preparation refuses, and nothing else.</summary>
    [Property(MaxTest = 300)]
    public void Findings_block_where_a_preparation_refuses(int seed)
    {
        var random = new System.Random(seed);
        int rows = random.Next(2, 140);
        int levels = random.Next(1, 2 * rows);
        var column = random.Next(5) switch
        {
            0 => new DoubleColumn("c", Enumerable.Range(0, rows).Select(_ => random.Next(200) switch { 0 => double.NaN, 1 => double.PositiveInfinity, var cell => cell }).ToArray()),
            1 => new Int64Column("c", Enumerable.Range(0, rows).Select(row => random.Next(40) == 0 ? 7L : row + random.Next(2) * rows).ToArray()),
            2 => new Int64Column("c", Enumerable.Range(0, rows).Select(row => (long)row * random.Next(1, 4)).ToArray(), Enumerable.Range(0, rows).Select(_ => random.Next(300) == 0).ToArray()),
            3 => CategoryColumn.FromWords("c", Enumerable.Range(0, rows).Select(_ => random.Next(300) == 0 ? null : $"{random.Next(levels)}{(random.Next(20) == 0 ? "w" : string.Empty)}")),
            _ => (TableColumn)CategoryColumn.FromWords("c", Enumerable.Range(0, rows).Select(_ => (string?)null)),
        };
        var table = new FeatureTable(column);
        var refused = Record.Exception(() => new TablePreparation().Fit(table));
        Assert.Equal(refused is not null, TableInspection.Of(table).BlocksFit);
    }

    private static string Normalized(JsonElement json)
    {
        string text = JsonSerializer.Serialize(json);
        text = System.Text.RegularExpressions.Regex.Replace(text, "\"message\":\"[^\"]*\",\"advice\":\"[^\"]*\"", "\"message\":\"m\",\"advice\":\"a\"");
        return System.Text.RegularExpressions.Regex.Replace(text, "(\"(?:mean|standard_deviation)\":[0-9]+\\.[0-9]{2})[0-9]*", "$1");
    }

    /// <summary>The column beside an ordinary one, so that no two rows are equal.</summary>
    private static FeatureTable Beside(TableColumn column) => new(Numbers("beside", row => Math.Sqrt(row * 389 % Rows)), column);

    private static DoubleColumn Numbers(string name, Func<int, double> cell) => new(name, Enumerable.Range(0, Rows).Select(cell).ToArray());

    private static Int64Column Whole(string name, Func<int, long> cell) => new(name, Enumerable.Range(0, Rows).Select(cell).ToArray());

    private static CategoryColumn Words(string name, Func<int, string?> cell) => CategoryColumn.FromWords(name, Enumerable.Range(0, Rows).Select(cell));

    private static BooleanColumn Flags(string name, Func<int, bool> cell) => new(name, Enumerable.Range(0, Rows).Select(row => (sbyte)(cell(row) ? 1 : 0)).ToArray());

    private static DateTimeColumn Dates(string name, Func<int, DateTime> cell) => new(name, Enumerable.Range(0, Rows).Select(row => cell(row).Ticks).ToArray(), isUtc: false);
}
