using AnomalyKit.Onnx.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace AnomalyKit.Onnx.Tests.Preparation;

/// <summary>Tables with every kind of column, complete and with gaps, with levels and times that were not there.</summary>
public sealed class TableTests
{
    private const int Count = 240;

    private static readonly DateTime Start = new(2024, 2, 26, 11, 30, 0);

    [Theory]
    [InlineData("isolation-forest", "native", "Automatic")]
    [InlineData("isolation-forest", "native", "OneHot")]
    [InlineData("isolation-forest", "median", "Frequency")]
    [InlineData("isolation-forest", "most-frequent", "Ordinal")]
    [InlineData("elliptic-envelope", "mean", "OneHot")]
    [InlineData("nearest-neighbors", "median", "Frequency")]
    [InlineData("local-outlier-factor", "most-frequent", "Ordinal")]
    [InlineData("one-class-svm", "median", "Automatic")]
    [InlineData("nearest-neighbors", "most-frequent", "Automatic")]
    public void A_table_is_scored_in_the_runtime_as_it_is_here(string name, string missing, string categories)
    {
        var preparation = new TablePreparation
        {
            Missing = MissingCells.Parse(missing).WithIndicator(),
            Categories = Enum.Parse<CategoryEncoding>(categories),
            Dates = DateParts.Elapsed | DateParts.Hour | DateParts.Weekday | DateParts.Month,
        };
        var detector = new TableTrainer(DetectorTrainers.Create(name)) { Preparation = preparation }.Fit(Table(gaps: true));
        foreach (var type in Enum.GetValues<OnnxCategoryType>())
        {
            using var run = new OnnxRun(detector.ToOnnx(new OnnxOptions { CategoryType = type }));
            Check(detector, Table(gaps: true, unseen: true), run, type);
            Check(detector, Table(gaps: false), run, type);
        }
    }

    [Fact]
    public void The_empty_word_is_a_word_where_it_is_a_level()
    {
        static FeatureTable Of(IEnumerable<string?> words) => new(
            CategoryColumn.FromWords("c", words), new DoubleColumn("x", words.Select((_, i) => (double)(i % 7)).ToArray()));
        var preparation = new TablePreparation { Missing = MissingCells.MostFrequent.WithIndicator() };
        string?[] training = [.. Enumerable.Range(0, 120).Select(i => i % 5 == 0 ? null : i % 3 == 0 ? string.Empty : "a")];
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 50 }) { Preparation = preparation }.Fit(Of(training));
        using var run = new OnnxRun(detector.ToOnnx(new OnnxOptions { CategoryType = OnnxCategoryType.Text }));
        var rows = Of(training.Select(word => word ?? "a"));
        float[] expected = detector.Score(rows), actual = run.Run(Inputs(detector, rows, OnnxCategoryType.Text)).Scores;
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void A_gap_that_is_refused_here_gives_no_score_there()
    {
        var detector = new TableTrainer(new IsolationForestTrainer()).Fit(Table(gaps: false));
        using var run = new OnnxRun(detector.ToOnnx());
        var inputs = Inputs(detector, Table(gaps: true), OnnxCategoryType.Text);
        var answer = run.Run(inputs);
        for (int row = 0; row < Count; row++)
            Assert.Equal(row % 11 == 0 || row % 13 == 0 || row % 17 == 0 || row % 19 == 0 || row % 23 == 0, float.IsNaN(answer.Scores[row]));
    }

    [Fact]
    public void A_missing_cell_goes_both_ways_by_itself_and_among_many()
    {
        float[] cells = [.. SampleRows.Ordinary(300, seed: 4)];
        var schema = SampleRows.Training.Schema.WithMissing("a", "c", "g");
        var detector = new IsolationForestTrainer { TreeCount = 40 }.Fit(FeatureMatrix.Wrap(cells, schema));
        float[] rows = SampleRows.Ordinary(60, seed: 5);
        for (int row = 0; row < 60; row += 3)
            rows[(row * SampleRows.Columns) + (row % 2 == 0 ? 0 : 2)] = float.NaN;
        rows[(6 * SampleRows.Columns) + 2] = float.NaN;
        rows[(6 * SampleRows.Columns) + 6] = float.NaN;
        Parity.Check(detector, rows);
        Parity.Check(detector, rows.AsSpan(6 * SampleRows.Columns, SampleRows.Columns).ToArray());
    }

    [Fact]
    public void One_split_and_a_gap_give_the_mean_of_both_sides_by_their_sizes()
    {
        var schema = new FeatureSchema(["x"]).WithMissing("x");
        var detector = new IsolationForestTrainer { TreeCount = 1, SampleSize = 8, MaxDepth = 1 }.Fit(FeatureMatrix.Wrap(new float[] { 0, 0, 0, 0, 0, 0, 10, 10 }, schema));
        using var run = new OnnxRun(detector.ToOnnx());
        float[] scores = run.Run([0f, 10f, float.NaN], 1).Scores;
        double Length(double n) => 2 * (Enumerable.Range(1, (int)n).Sum(i => 1.0 / i) - 1);
        double normal = Length(8);
        Assert.Equal(Math.Pow(2, -(1 + Length(6)) / normal), scores[0], 1e-5);
        Assert.Equal(Math.Pow(2, -(1 + Length(2)) / normal), scores[1], 1e-5);
        Assert.Equal(Math.Pow(2, -(1 + (0.75 * Length(6)) + (0.25 * Length(2))) / normal), scores[2], 1e-5);
    }

    [Fact]
    public void Codes_of_categories_in_a_matrix_are_checked()
    {
        float[] cells = [.. Enumerable.Range(0, 200).SelectMany(i => (float[])[i % 5, i % 7, i * 0.1f])];
        var schema = new FeatureSchema(["k", "l", "x"]).WithCategories(new Dictionary<string, int> { ["k"] = 5, ["l"] = 9 }).WithMissing("l");
        var detector = new IsolationForestTrainer { TreeCount = 30 }.Fit(FeatureMatrix.Wrap(cells, schema));
        Parity.Check(detector, [.. cells, 5, 8, 3, 4, 9, -1, 0, float.NaN, 4]);
        using var run = new OnnxRun(detector.ToOnnx());
        float[] odd = [6, 0, 0, -1, 0, 0, 0.5f, 0, 0, 1e9f, 0, 0, 0, float.NegativeInfinity, 0, float.NaN, 0, 0];
        Assert.All(run.Run(odd, 3).Scores, score => Assert.Equal(float.NaN, score));
    }

    [Fact]
    public void A_table_of_numbers_is_one_matrix()
    {
        var table = new FeatureTable(
            new DoubleColumn("t", Enumerable.Range(0, 100).Select(i => 1.7e9 + i).ToArray()), new DoubleColumn("x", Enumerable.Range(0, 100).Select(i => i % 9 == 0 ? double.NaN : i).ToArray()));
        var detector = new TableTrainer(new IsolationForestTrainer()) { Preparation = new() { Missing = MissingCells.Median.WithIndicator() } }.Fit(table);
        var model = detector.ToOnnx(new OnnxOptions { InputName = "rows" });
        Assert.Equal([new OnnxTensor("rows", OnnxElementType.DoublePrecision, 2)], model.Inputs);
        using var run = new OnnxRun(model);
        double[] values = [1.7e9 + 3, 5, 1.7e9 + 200, double.NaN, 1.69e9, -1e30];
        var scores = new float[3];
        detector.ScoreValues(values, scores);
        Parity.CheckScores(detector.Detector, scores, run.Run(values, 2));
        Assert.Throws<OnnxExportException>(() => new TableTrainer(new IsolationForestTrainer()).Fit(Table(gaps: false)).ToOnnx(new OnnxOptions { InputForm = OnnxInputForm.Matrix }));
    }

    private static void Check(TableDetector detector, FeatureTable table, OnnxRun run, OnnxCategoryType type) =>
        Parity.CheckScores(detector.Detector, detector.Score(table), run.Run(Inputs(detector, table, type)));

    private static NamedOnnxValue[] Inputs(TableDetector detector, FeatureTable table, OnnxCategoryType type) =>
    [
        .. detector.Preparation.Schema.Fields.Select(field => table.Columns[table.Schema.IndexOf(field.Name)] switch
        {
            DoubleColumn numbers => Number(detector, field.Name, numbers),
            BooleanColumn flags => Number(detector, field.Name, [.. flags.Cells.ToArray().Select(cell => cell == BooleanColumn.MissingCell ? double.NaN : cell)]),
            DateTimeColumn dates => OnnxRun.Column(
                field.Name, [.. dates.Ticks.ToArray().Select(ticks => ticks == DateTimeColumn.MissingCell ? long.MinValue : (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)]),
            CategoryColumn words when type == OnnxCategoryType.Text => OnnxRun.Column(
                field.Name, [.. words.Codes.ToArray().Select(code => code == CategoryColumn.MissingCell ? string.Empty : words.Levels[code])]),
            CategoryColumn words => OnnxRun.Column(field.Name, Codes(detector, field.Name, words)),
            var other => throw new InvalidOperationException(other.Name),
        }),
    ];

    private static NamedOnnxValue Number(TableDetector detector, string name, DoubleColumn column)
    {
        var values = new double[column.RowCount];
        column.CopyTo(0, values);
        return Number(detector, name, values);
    }

    private static NamedOnnxValue Number(TableDetector detector, string name, double[] values) =>
        detector.ToOnnx().Inputs.First(input => input.Name == name).ElementType == OnnxElementType.DoublePrecision
            ? OnnxRun.Column(name, values)
            : OnnxRun.Column(name, Array.ConvertAll(values, value => (float)value));

    /// <summary>The numbers of words in the order that the metadata lists them in.</summary>
    private static long[] Codes(TableDetector detector, string name, CategoryColumn words)
    {
        string[] levels = System.Text.Json.JsonSerializer.Deserialize<string[]>(detector.ToOnnx().Metadata["anomalykit.levels." + name])!;
        return [.. words.Codes.ToArray().Select(code => code == CategoryColumn.MissingCell ? -1
            : Array.IndexOf(levels, words.Levels[code]) is >= 0 and var level ? level : 1000L)];
    }

    private static FeatureTable Table(bool gaps, bool unseen = false)
    {
        string[] shops = ["Aldi", "Bahn", "Café", "Kiosk \"7\"", "日本"];
        int[] rows = [.. Enumerable.Range(0, Count)];
        return new FeatureTable(
            new DoubleColumn("amount", rows.Select(i => gaps && i % 11 == 0 ? double.NaN : ((i * 37) % 101) * 1.5).ToArray()),
            CategoryColumn.FromWords("shop", rows.Select(i => gaps && i % 13 == 0 ? null : unseen && i % 10 == 1 ? $"new {i}" : shops[i * i % 5])),
            CategoryColumn.FromWords("paid", rows.Select(i => gaps && i % 23 == 0 ? null : unseen && i % 14 == 3 ? "later" : i % 7 == 0 ? "cash" : "card")),
            new BooleanColumn("abroad", rows.Select(i => gaps && i % 17 == 0 ? BooleanColumn.MissingCell : (sbyte)(i % 6 == 0 ? 1 : 0)).ToArray()),
            new DateTimeColumn("at", rows.Select(i => gaps && i % 19 == 0 ? DateTimeColumn.MissingCell : Moment(i, unseen).Ticks).ToArray(), isUtc: false));
    }

    // Midnights and noons, ends of February in leap years and others, and, in new rows, the first and the last days that there are.
    private static DateTime Moment(int i, bool unseen) => unseen && i % 9 == 0
        ? ((DateTime[])[DateTime.UnixEpoch, DateTime.MinValue, new(1900, 2, 28), new(2000, 2, 29, 6, 0, 0), new(9999, 12, 31), new(1600, 3, 1), new(2100, 2, 28, 18, 0, 0), new(4, 12, 31, 23, 59, 59)])[i / 9 % 8]
        : Start.AddHours((i * 53) - (i % 4 == 0 ? 11.5 : 0));
}
