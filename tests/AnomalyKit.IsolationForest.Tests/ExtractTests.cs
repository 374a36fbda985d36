namespace AnomalyKit.IsolationForest.Tests;

public sealed class ExtractTests
{
    private static readonly IsolationForestTrainer Forest = new() { TreeCount = 20, SampleSize = 32 };

    public static TheoryData<int, int, int> Divisions => new()
    {
        { 1, 1, 500 }, { 2, 3, 500 }, { 3, 7, 501 }, { 4, 12, 1000 }, { 5, 50, 40 }, { 6, 3, 60_000 }, { 7, 12, 60_000 }, { 8, 5, 3 },
    };

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Parts_give_the_forest_of_the_whole_table_to_the_byte(int seed, int parts, int rows)
    {
        var table = ExtractData.Create(seed, rows);
        var trainer = new TableTrainer(Forest with { Threshold = ThresholdRule.Fixed(0.6) }) { Preparation = ExtractData.Preparation };
        Assert.Equal(ExtractData.Bytes(trainer.Fit(table)), ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, parts, seed))));
    }

    [Fact]
    public void A_row_that_no_tree_draws_still_keeps_columns_from_being_constant()
    {
        const int Rows = 60_000;
        var drawn = Forest.DrawRows(Rows)!.Numbers.ToArray();
        int rare = Enumerable.Range(10_000, Rows).First(row => Array.BinarySearch(drawn, row) < 0 && Array.BinarySearch(drawn, row + 1) < 0);
        var table = ExtractData.Create(3, Rows, rare);
        var trainer = new TableTrainer(Forest with { Threshold = ThresholdRule.Fixed(0.6) }) { Preparation = ExtractData.Preparation };
        byte[] whole = ExtractData.Bytes(trainer.Fit(table));
        Assert.Equal(whole, ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, 5, 1))));
        Assert.NotEqual(whole, ExtractData.Bytes(trainer.Fit(ExtractData.Create(3, Rows, rare + 100_000))));
    }

    [Theory]
    [InlineData(1, 3, 700)]
    [InlineData(2, 7, 32_768)]
    public void Threshold_and_calibration_are_those_of_the_whole_table_while_all_rows_are_sampled(int seed, int parts, int rows)
    {
        var table = ExtractData.Create(seed, rows);
        var trainer = new TableTrainer(Forest with { Calibration = ScoreCalibration.Rank() }) { Preparation = ExtractData.Preparation };
        Assert.Equal(ExtractData.Bytes(trainer.Fit(table)), ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, parts, seed))));
    }

    [Fact]
    public void Scores_of_all_rows_complete_the_detector_to_the_byte()
    {
        var table = ExtractData.Create(5, 50_000);
        var rule = ThresholdRule.Contamination(0.003);
        var trainer = new TableTrainer(Forest with { Threshold = rule, Calibration = ScoreCalibration.RobustZ }) { Preparation = ExtractData.Preparation };
        var whole = trainer.FitAndScore(table);
        var partly = trainer.FitExtract(Merged(trainer, table, 3, 5));
        Assert.Contains("32768 rows sampled from 50000", partly.Detector.Frame.ThresholdOrigin, StringComparison.Ordinal);
        Assert.Equal(whole.TrainingScores.ToArray(), partly.Score(table));
        Assert.Equal(ExtractData.Bytes(whole.Detector), ExtractData.Bytes(partly.WithScores(rule, ScoreCalibration.RobustZ, partly.Score(table))));
    }

    [Theory]
    [InlineData(50_000, 1000)]
    [InlineData(50_000, 1 << 20)]
    [InlineData(300, 10)]
    public void A_source_is_fitted_in_passes_as_in_memory(int rows, int batchRows)
    {
        var table = ExtractData.Create(11, rows);
        var trainer = new TableTrainer(Forest with { Calibration = ScoreCalibration.Rank() }) { Preparation = ExtractData.Preparation };
        var told = new List<double>();
        var progress = new Progress(told);
        var fitted = trainer.FitSource(() => new ExtractData.Reader(table), options: new FitOptions { Progress = progress }, extractOptions: new() { BatchRows = batchRows });
        Assert.Equal(ExtractData.Bytes(trainer.Fit(table)), ExtractData.Bytes(fitted));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Fact]
    public void A_source_that_changes_between_the_passes_is_refused()
    {
        int opened = 0;
        var trainer = new TableTrainer(Forest) { Preparation = ExtractData.Preparation };
        var table = ExtractData.Create(11, 40_000);
        TableReader Open() => new ExtractData.Reader(table.Slice(0, 40_000 - (opened++ / 2)));
        Assert.Contains("39999 rows where there were 40000", Assert.Throws<TableDataException>(() => trainer.FitSource(Open)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sketch_of_the_scores_gives_the_threshold_within_its_error()
    {
        var table = ExtractData.Create(6, 40_000);
        var rule = ThresholdRule.Contamination(0.05);
        var trainer = new TableTrainer(Forest with { Threshold = rule }) { Preparation = ExtractData.Preparation };
        var whole = trainer.Fit(table);
        var sketch = new ScoreSketch();
        sketch.Add(whole.Score(table));
        var found = trainer.FitExtract(Merged(trainer, table, 1, 0)).WithScores(rule, ScoreCalibration.None, sketch);
        Assert.InRange(found.Threshold, whole.Threshold * (1 - ScoreSketch.RelativeError), whole.Threshold * (1 + ScoreSketch.RelativeError));
        Assert.InRange(found.Profile!.AlertFraction!.Value, 0.045, 0.055);
        var guaranteed = ThresholdRule.FalsePositiveRate(0.05);
        double exact = guaranteed.Resolve(whole.Score(table));
        Assert.InRange(found.WithScores(guaranteed, ScoreCalibration.None, sketch).Threshold, exact * (1 - ScoreSketch.RelativeError), exact * (1 + ScoreSketch.RelativeError));
        sketch.Add([float.NaN]);
        Assert.Contains("1 of 40001 scores are NaN", Assert.Throws<ArgumentException>(() => found.WithScores(rule, ScoreCalibration.None, sketch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_of_ten_billion_rows_are_drawn()
    {
        const long Total = 10_000_000_000;
        var rows = new IsolationForestTrainer().DrawRows(Total)!;
        Assert.InRange(rows.Count, 58_000, 66_700);
        Assert.Equal(Total, rows.TotalRowCount);
        // Uniform: a third of them below a third of the table, within five standard deviations.
        Assert.InRange(rows.Numbers.Span.BinarySearch(Total / 3) is var at && at < 0 ? ~at : at, (rows.Count / 3) - 700, (rows.Count / 3) + 700);
    }

    [Fact]
    public void Trainers_that_scale_rows_or_set_some_aside_or_draw_too_many_look_at_all_rows()
    {
        Assert.Null((Forest with { Scaling = FeatureScaling.Standard }).DrawRows(1000));
        Assert.Null((Forest with { Calibration = ScoreCalibration.Conformal() }).DrawRows(1000));
        Assert.Null(new IsolationForestTrainer { TreeCount = 1_000_000, SampleSize = 256 }.DrawRows(10_000_000));
        Assert.Throws<NotSupportedException>(() => (Forest with { Scaling = FeatureScaling.Standard }).FitDrawn(FeatureMatrix.FromRows([[1f], [2f]]), new RowSubset(2, [0, 1])));
    }

    [Fact]
    public void A_scaled_forest_is_fitted_on_a_sample_that_does_not_depend_on_the_parts()
    {
        var table = ExtractData.Create(9, 2000);
        var trainer = new TableTrainer(Forest with { Scaling = FeatureScaling.Robust }) { Preparation = ExtractData.Preparation with { Missing = MissingCells.Median, Categories = CategoryEncoding.OneHot } };
        var options = new TableExtractOptions { SampleSize = 300, BatchRows = 77 };
        byte[] one = ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, 1, 0, options)));
        Assert.Equal(one, ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, 7, 1, options))));
        Assert.NotEqual(one, ExtractData.Bytes(trainer.Fit(table)));
        Assert.Equal(ExtractData.Bytes(trainer.Fit(table)), ExtractData.Bytes(trainer.FitExtract(Merged(trainer, table, 7, 1))));
    }

    [Fact]
    public void Missing_parts_and_parts_that_are_there_twice_are_named()
    {
        var trainer = new TableTrainer(Forest) { Preparation = ExtractData.Preparation };
        var parts = Extracts(trainer, ExtractData.Create(1, 100), 4, new()).ToArray();
        Assert.Contains("Rows 25 to 50 are missing", Assert.Throws<ArgumentException>(() => TableExtract.Merge(parts[0], parts[2], parts[3])).Message, StringComparison.Ordinal);
        Assert.Contains("Row 25 is in two parts", Assert.Throws<ArgumentException>(() => TableExtract.Merge(parts[0], parts[1], parts[1])).Message, StringComparison.Ordinal);
        Assert.Contains("rows 0 to 50 of 100", Assert.Throws<ArgumentException>(() => trainer.FitExtract(TableExtract.Merge(parts[1], parts[0]))).Message, StringComparison.Ordinal);
        var other = new TableTrainer(Forest with { Seed = 7, SampleSize = 64 }) { Preparation = ExtractData.Preparation };
        var some = TableExtract.Merge(Extracts(trainer, ExtractData.Create(1, 70_000), 2, new()));
        Assert.Contains("with the options of the fit", Assert.Throws<ArgumentException>(() => other.FitExtract(some)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_used_is_named_by_its_row_in_the_whole_table()
    {
        var trainer = new TableTrainer(Forest);
        var gap = new FeatureTable(new DoubleColumn("x", new[] { 1, 2, double.NaN }));
        Assert.Equal(12, Assert.Throws<TableDataException>(() => trainer.Extract(new ExtractData.Reader(gap), 20, 10)).Row);
        var infinite = new FeatureTable(new DoubleColumn("x", new[] { 1, double.NegativeInfinity, 3 }));
        Assert.Equal(11, Assert.Throws<TableDataException>(() => trainer.Extract(new ExtractData.Reader(infinite), 20, 10)).Row);
        Assert.Contains("more rows than the 10 that", Assert.Throws<TableDataException>(() => trainer.Extract(new ExtractData.Reader(infinite.Slice(2, 1)), 10, 10)).Message, StringComparison.Ordinal);
        var weighted = gap.WithColumn(new DoubleColumn("w", new double[3]), ColumnRole.Weight);
        Assert.Contains("'w' holds weights", Assert.Throws<TableDataException>(() => trainer.Extract(new ExtractData.Reader(weighted), 3)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => trainer.Extract(new ExtractData.Reader(gap), 3, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Row_numbers_are_identifiers_in_parts_as_in_the_whole_and_other_whole_numbers_are_not()
    {
        var trainer = new TableTrainer(Forest);
        var rows = new FeatureTable(new Int64Column("id", Enumerable.Range(0, 200_000).Select(row => (long)row).ToArray()), new SingleColumn("x", new float[200_000]));
        Assert.Contains("'id' looks like a row number", Assert.Throws<TableDataException>(() => trainer.FitExtract(Merged(trainer, rows, 3, 1))).Message, StringComparison.Ordinal);
        var random = new Random(1);
        var counts = new FeatureTable(new Int64Column("count", Enumerable.Range(0, 200_000).Select(_ => random.NextInt64(150_000)).ToArray()));
        Assert.Equal(ExtractData.Bytes(new TableTrainer(Forest with { Threshold = ThresholdRule.Fixed(1) }).Fit(counts)),
            ExtractData.Bytes(new TableTrainer(Forest with { Threshold = ThresholdRule.Fixed(1) }).FitExtract(Merged(trainer, counts, 3, 1))));
        var names = new FeatureTable(CategoryColumn.FromWords("name", Enumerable.Range(0, 300).Select(row => $"n{row}")));
        Assert.Contains("'name' looks like an identifier", Assert.Throws<TableDataException>(() => trainer.FitExtract(Merged(trainer, names, 3, 1))).Message, StringComparison.Ordinal);
        var users = new FeatureTable(CategoryColumn.FromWords("name", Enumerable.Range(0, 900).Select(row => $"n{row % 300}")));
        Assert.Equal(ExtractData.Bytes(trainer.Fit(users)), ExtractData.Bytes(trainer.FitExtract(Merged(trainer, users, 3, 1))));
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        using var stream = new MemoryStream();
        new TableTrainer(Forest) { Preparation = ExtractData.Preparation }.Extract(new ExtractData.Reader(ExtractData.Create(1, 90)), 90).Save(stream);
        byte[] bytes = stream.ToArray();
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = i < 100 ? bytes[..random.Next(bytes.Length)] : (byte[])bytes.Clone();
            if (i >= 100)
                damaged[random.Next(Math.Min(damaged.Length, 9000))] ^= (byte)(1 + random.Next(255));
            try
            {
                TableExtract.Load(new MemoryStream(damaged));
            }
            catch (AnomalyKit.Persistence.ModelFormatException)
            {
                continue;
            }

            Assert.True(i >= 100, "A cut file was read.");
        }
    }

    private static TableExtract Merged(TableTrainer trainer, FeatureTable table, int parts, int seed, TableExtractOptions? options = null)
    {
        var extracts = Extracts(trainer, table, parts, options ?? new() { BatchRows = 1009 }).ToArray();
        new Random(seed).Shuffle(extracts);
        return TableExtract.Merge(extracts.Select(ExtractData.Again));
    }

    private static IEnumerable<TableExtract> Extracts(TableTrainer trainer, FeatureTable table, int parts, TableExtractOptions options) =>
        ExtractData.Parts(table, parts).Select(part => trainer.Extract(new ExtractData.Reader(part.Rows), table.RowCount, part.First, options));

    private sealed class Progress(List<double> told) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => told.Add(value.Fraction);
    }
}
