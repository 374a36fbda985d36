using AnomalyKit.Persistence;

namespace AnomalyKit.Tests;

/// <summary>Rows of numbers without a table around them, and detectors of matrices as detectors of tables.</summary>
public sealed class TableValuesTests
{
    private const int Rows = 500;

    public static TheoryData<string> MissingRules => ["refuse", "median", "constant:-3", "native"];

    [Theory]
    [MemberData(nameof(MissingRules))]
    public void Values_score_as_the_table_of_them_to_the_bit(string missing)
    {
        double[] values = Values(withMissing: missing != "refuse");
        var table = Table(values);
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 20 }) { Preparation = new TablePreparation { Missing = MissingCells.Parse(missing) } }.Fit(table);
        var scores = new float[Rows];
        detector.ScoreValues(values, scores);
        Assert.True(detector.TakesValues);
        Assert.Equal(detector.Score(table), scores);
    }

    [Fact]
    public void A_cell_that_cannot_be_used_is_named_with_its_row_in_the_source()
    {
        double[] values = Values(withMissing: false);
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 5 }).Fit(Table(values));
        values[(7 * 3) + 1] = double.NaN;
        var missing = Assert.Throws<TableDataException>(() => detector.ScoreValues(values, new float[Rows], firstRow: 1000));
        Assert.Equal((1007, "b"), (missing.Row, missing.ColumnName));
        values[(7 * 3) + 1] = double.PositiveInfinity;
        Assert.Contains("Row 7, column 'b' is Infinity", Assert.Throws<TableDataException>(() => detector.ScoreValues(values, new float[Rows])).Message, StringComparison.Ordinal);
        values[(7 * 3) + 1] = 1e300;
        Assert.Contains("float32", Assert.Throws<TableDataException>(() => detector.ScoreValues(values, new float[Rows])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => detector.ScoreValues(values.AsSpan(1), new float[Rows]));
    }

    [Fact]
    public void Columns_of_other_kinds_take_no_values()
    {
        var table = new FeatureTable(new DoubleColumn("a", new double[] { 1, 2, 3, 4 }), CategoryColumn.FromWords("c", ["x", "y", "x", "x"]));
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 5 }).Fit(table);
        Assert.False(detector.TakesValues);
        Assert.Contains("c: category", Assert.Throws<InvalidOperationException>(() => detector.ScoreValues([1, 2], new float[1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_detector_of_matrices_is_one_of_tables_and_its_file_too(bool isNamed)
    {
        double[] values = Values(withMissing: false);
        var matrix = Matrix(values, isNamed);
        var bare = new IsolationForestTrainer { TreeCount = 20 }.Fit(matrix);
        var expected = bare.Score(matrix);
        var wrapped = TableDetector.Of(bare);
        var scores = new float[Rows];
        wrapped.ScoreValues(values, scores);
        Assert.Equal(expected, scores);
        Assert.Equal(isNamed ? "a" : "f0", wrapped.Preparation.Schema.Fields[0].Name);

        // As itself, and as the table detector that it became.
        using var file = new MemoryStream();
        bare.Save(file);
        AssertLoads(file);
        using var wrappedFile = new MemoryStream();
        wrapped.Save(wrappedFile);
        AssertLoads(wrappedFile);
        Assert.NotEmpty(wrapped.Attribute(Table(values, isNamed), row: 3).Contributions.ToArray());

        void AssertLoads(MemoryStream saved)
        {
            saved.Position = 0;
            var loaded = DetectorFile.LoadAny(saved);
            var again = new float[Rows];
            loaded.ScoreValues(values, again);
            Assert.Equal(expected, again);
        }
    }

    [Fact]
    public void Offsets_of_a_matrix_are_those_of_the_table()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => 1.7e9 + (i % 37))];
        var schema = new FeatureSchema(["t"], [1.7e9]);
        var cells = new float[300];
        schema.Encode(values, cells);
        var bare = new IsolationForestTrainer { TreeCount = 10 }.Fit(FeatureMatrix.Wrap(cells, schema));
        var scores = new float[300];
        var expected = new float[300];
        bare.Score(values, expected);
        TableDetector.Of(bare).ScoreValues(values, scores);
        Assert.Equal(expected, scores);
        Assert.True(scores.Distinct().Count() > 10);
    }

    [Fact]
    public void Codes_of_levels_without_words_are_refused()
    {
        var table = new FeatureTable(CategoryColumn.FromWords("c", ["x", "y", "x", "x"]));
        var bare = new TableTrainer(new IsolationForestTrainer { TreeCount = 5 }) { Preparation = new TablePreparation { Categories = CategoryEncoding.Native } }.Fit(table).Detector;
        Assert.Contains("words", Assert.Throws<ArgumentException>(() => TableDetector.Of(bare)).Message, StringComparison.Ordinal);
        using var file = new MemoryStream();
        bare.Save(file);
        file.Position = 0;
        Assert.Contains("words", Assert.Throws<ModelFormatException>(() => DetectorFile.LoadAny(file)).Message, StringComparison.Ordinal);
    }

    private static double[] Values(bool withMissing)
    {
        var random = new Random(5);
        var values = new double[Rows * 3];
        for (int i = 0; i < values.Length; i++)
            values[i] = withMissing && random.Next(20) == 0 ? double.NaN : random.NextDouble() * 100;
        return values;
    }

    private static FeatureTable Table(double[] values, bool isNamed = true) => new(Enumerable.Range(0, 3).Select(column =>
        new DoubleColumn(isNamed ? ((char)('a' + column)).ToString() : $"f{column}", Enumerable.Range(0, Rows).Select(row => values[(row * 3) + column]).ToArray())));

    private static FeatureMatrix Matrix(double[] values, bool isNamed) =>
        FeatureMatrix.Wrap(Array.ConvertAll(values, value => (float)value), isNamed ? new FeatureSchema(["a", "b", "c"]) : FeatureSchema.Unnamed(3));
}
