using AnomalyKit.Core.Tests.Attribution;

namespace AnomalyKit.Core.Tests.TableDetection;

/// <summary>Scoring from a source into a destination, batch by batch.</summary>
public sealed class SourceScoringTests : IDisposable
{
    private const int Rows = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("anomalykit-").FullName;

    private string Source => Path.Combine(_folder, "rows.csv");

    private string Destination => Path.Combine(_folder, "scores.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Progress_counts_rows_and_anomalies_batch_by_batch()
    {
        var detector = Detector();
        var seen = new List<TableProgress>();
        TableProgress done;
        using (var reader = CsvTableReader.Open(Source, detector.Layout))
        using (var writer = CsvTableWriter.Create(Destination))
            done = detector.Score(reader, writer, new TableScoreOptions { BatchRows = 300, Progress = new Seen(seen.Add) });
        Assert.Equal([300, 600, 900, 1000], seen.Select(progress => progress.RowCount));
        Assert.Equal([0, 0, 0, 10], seen.Select(progress => progress.AnomalyCount));
        Assert.Equal((1000, 10), (done.RowCount, done.AnomalyCount));
        Assert.Equal(Rows + 1, File.ReadAllLines(Destination).Length);
    }

    [Fact]
    public void Rows_that_nobody_has_judged_yet_are_fitted_on_and_explained()
    {
        using var reader = CsvTableReader.Open(Source, Detector().Layout);
        var table = reader.ReadAll();
        var labeled = table.WithColumn(CategoryColumn.FromWords("verdict", Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? null : row % 3 == 1 ? "fraud" : "fine")), ColumnRole.Label);
        var detector = new TableTrainer(new Calibration.DistanceTrainer()).Fit(labeled);
        Assert.Equal(new TableTrainer(new Calibration.DistanceTrainer()).Fit(table).Score(table), detector.Score(labeled));
        Assert.NotEmpty(detector.Explain(labeled, 0).Sentences);
        Assert.Equal(Rows, detector.Attribute(labeled).RowCount);
    }

    [Fact]
    public void The_highest_scores_keep_no_words_of_other_rows()
    {
        var ids = CategoryColumn.FromWords("id", Enumerable.Range(0, Rows).Select(row => $"key {row}"));
        var top = new TopRows(3);
        for (int batch = 0; batch < 20; batch++)
        {
            var numbers = new DoubleColumn("x", Enumerable.Range(0, Rows).Select(row => (double)row).ToArray());
            top.Add(new ScoredRows(new FeatureTable(numbers, ids), [.. Enumerable.Range(0, Rows).Select(row => (float)(row * 37 % Rows))], batch * (long)Rows));
        }

        var taken = top.Take()!;
        Assert.Equal([999, 999, 999], taken.Scores);
        Assert.Single(Assert.IsType<CategoryColumn>(taken.Table["id"]).Levels);
        Assert.Equal(Enumerable.Repeat($"key {Enumerable.Range(0, Rows).First(row => row * 37 % Rows == 999)}", 3), Enumerable.Range(0, 3).Select(row => taken.Table["id"].Text(row)));
    }

    [Fact]
    public void A_search_for_reasons_can_be_stopped()
    {
        var detector = Detector();
        using var reader = CsvTableReader.Open(Source, detector.Layout);
        using var stop = new CancellationTokenSource();
        using var writer = CsvTableWriter.Create(Destination);
        var options = new TableScoreOptions { TopCount = 500, MaxReasons = 3, Progress = new Seen(progress => { if (progress.RowCount == Rows) stop.Cancel(); }) };
        Assert.ThrowsAny<OperationCanceledException>(() => detector.Score(reader, writer, options, stop.Token));
    }

    [Fact]
    public void An_error_names_the_row_of_the_source_also_in_a_part_of_it()
    {
        var detector = Detector();
        using var reader = CsvTableReader.Open(Source, detector.Layout);
        var table = reader.ReadAll();
        var broken = new FeatureTable(table.Columns.Select(column => column is DoubleColumn numbers ? Broken(numbers, 733) : column));
        Assert.Equal(733, Assert.Throws<TableDataException>(() => detector.Score(broken)).Row);
        var part = broken.Slice(700, 100);
        Assert.Equal(33, Assert.Throws<TableDataException>(() => detector.Score(part)).Row);
        var error = Assert.Throws<TableDataException>(() => detector.Score(part, new TableScoreOptions { FirstRow = 700 }));
        Assert.Equal(733, error.Row);
        Assert.StartsWith("Row 733, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_explained_by_the_text_of_a_column()
    {
        var detector = Detector();
        File.WriteAllLines(Source, Enumerable.Range(0, Rows).Select(row => $"{row}.5,m{row % 250},{9007199254740992 + row}").Prepend("amount,machine,number"));
        IReadOnlyList<ExplainedRow> Where(string column, string text, int most = 10)
        {
            using var reader = CsvTableReader.Open(Source, detector.Layout.WithIds(["machine", "number"]));
            return detector.ExplainWhere(reader, column, text, most);
        }

        Assert.Equal([7L, 257, 507, 757], Where("machine", "m7").Select(row => row.Row));
        Assert.Equal([7L, 257], Where("machine", "m7", 2).Select(row => row.Row));
        Assert.Equal([7.5f, 257.5f], Where("machine", "m7", 2).Select(row => row.Explanation.Score));
        Assert.Equal(12, Where("amount", "1.250e1").Single().Row);
        Assert.Equal(5, Where("number", "9007199254740997").Single().Row);
        Assert.Equal("None of 1000 rows has 'm250' in the column 'machine'.", Assert.Throws<ArgumentException>(() => Where("machine", "m250")).Message.Split(" (Parameter")[0]);
        Assert.Contains("'nobody'", Assert.Throws<ArgumentException>(() => Where("nobody", "1")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Where("machine", "m7", 0));
    }

    [Fact]
    public async Task A_reader_that_was_read_before_is_refused_and_an_empty_source_is_not()
    {
        var detector = Detector();
        using var reader = CsvTableReader.Open(Source, detector.Layout);
        Assert.Equal(Rows, reader.ReadAll().RowCount);
        var error = Assert.Throws<InvalidOperationException>(() => detector.ExplainTop(reader, 3));
        Assert.StartsWith("The reader has no rows left: 1,000 were read from it before.", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => detector.ExplainRow(reader, 0));
        Assert.Throws<InvalidOperationException>(() => detector.ExplainWhere(reader, "amount", "1", 1));
        Assert.Throws<InvalidOperationException>(() => detector.ScoreBatches(reader).Count());
        Assert.Throws<InvalidOperationException>(() => TableInspection.Of(reader));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await detector.ScoreAsync(reader).GetAsyncEnumerator().MoveNextAsync());
        using (var writer = CsvTableWriter.Create(Destination))
            Assert.Throws<InvalidOperationException>(() => detector.Score(reader, writer));
        Assert.False(File.Exists(Destination));

        // Who passes over all rows has nothing left to score, and knows it.
        using (var skipped = CsvTableReader.Open(Source, detector.Layout))
        {
            Assert.Equal(Rows, skipped.SkipRows(Rows));
            Assert.Empty(detector.ScoreBatches(skipped));
            Assert.Throws<InvalidOperationException>(() => detector.ScoreBatches(skipped));
        }

        File.WriteAllText(Source, File.ReadLines(Source).First() + "\n");
        using var empty = CsvTableReader.Open(Source, detector.Layout);
        Assert.Empty(detector.ExplainTop(empty, 3));
        Assert.Empty(detector.ScoreBatches(empty));
        Assert.Equal(0, TableInspection.Of(empty).RowCount);
    }

    [Fact]
    public void Cancelled_work_leaves_no_file()
    {
        var detector = Detector();
        using var cancellation = new CancellationTokenSource();
        using (var reader = CsvTableReader.Open(Source, detector.Layout))
        using (var writer = CsvTableWriter.Create(Destination))
        {
            var options = new TableScoreOptions { BatchRows = 100, Progress = new Seen(progress => Cancel(cancellation, progress)) };
            Assert.Throws<OperationCanceledException>(() => detector.Score(reader, writer, options, cancellation.Token));
        }

        Assert.Equal([Source], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_stream_of_batches_stops_where_it_is_cancelled()
    {
        var detector = Detector();
        using var cancellation = new CancellationTokenSource();
        using var reader = CsvTableReader.Open(Source, detector.Layout);
        int batches = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in detector.ScoreAsync(reader, new TableScoreOptions { BatchRows = 100 }, cancellation.Token))
            {
                if (++batches == 3)
                    await cancellation.CancelAsync();
            }
        });
        Assert.Equal(3, batches);
    }

    [Fact]
    public void A_progress_that_throws_ends_the_work_with_its_exception()
    {
        var detector = Detector();
        using (var reader = CsvTableReader.Open(Source, detector.Layout))
        using (var writer = CsvTableWriter.Create(Destination))
        {
            var options = new TableScoreOptions { Progress = new Seen(_ => throw new InvalidDataException("enough")) };
            Assert.Equal("enough", Assert.Throws<InvalidDataException>(() => detector.Score(reader, writer, options)).Message);
        }

        Assert.Equal([Source], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(7, 100)]
    [InlineData(7, 1000)]
    [InlineData(5000, 300)]
    public void The_rows_of_the_highest_scores_come_first_whatever_the_batches(int count, int batchRows)
    {
        var detector = Detector();
        var all = Scored(detector, new TableScoreOptions());
        var top = Scored(detector, new TableScoreOptions { TopCount = count, KeepsRowNumbers = true, BatchRows = batchRows });
        float[] scores = ((SingleColumn)all["score"]).Cells.ToArray();
        int[] order = [.. Enumerable.Range(0, Rows).OrderByDescending(row => scores[row]).Take(count)];
        Assert.Equal(order.Select(row => (long)row), ((Int64Column)top["row"]).Cells.ToArray());
        Assert.Equal(order.Select(row => scores[row]), ((SingleColumn)top["score"]).Cells.ToArray());
    }

    [Fact]
    public void Only_anomalies_have_reasons_unless_the_highest_scores_are_asked_for()
    {
        var detector = Detector();
        var all = Scored(detector, new TableScoreOptions { MaxReasons = 2 });
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => all["label"].Text(row) == "true"), Enumerable.Range(0, Rows).Select(row => !all["reasons"].IsMissing(row)));
        var top = Scored(detector, new TableScoreOptions { MaxReasons = 2, TopCount = 50 });
        Assert.Contains(Enumerable.Range(0, 50), row => top["label"].Text(row) == "false" && !top["reasons"].IsMissing(row));
        using var reader = CsvTableReader.Open(Source, detector.Layout);
        var table = reader.ReadAll();
        int anomaly = Enumerable.Range(0, Rows).First(row => all["label"].Text(row) == "true");
        var reasons = detector.Explain(table, anomaly, new ExplanationOptions { MaxReasons = 2, Counterfactual = null }).Reasons;
        Assert.Equal(string.Join(' ', reasons), all["reasons"].Text(anomaly));
    }

    [Fact]
    public void Batches_have_the_scores_of_the_whole_and_errors_the_rows_of_the_source()
    {
        var detector = Detector();
        float[] all = ((SingleColumn)Scored(detector, new TableScoreOptions())["score"]).Cells.ToArray();
        using (var reader = CsvTableReader.Open(Source, detector.Layout))
        {
            var batches = detector.ScoreBatches(reader, new TableScoreOptions { BatchRows = 300 }).ToList();
            Assert.Equal([0, 300, 600, 900], batches.Select(batch => batch.FirstRow));
            Assert.Equal(all, batches.SelectMany(batch => batch.Scores.ToArray()));
        }

        File.WriteAllLines(Source, File.ReadAllLines(Source).Select((line, number) => number == 951 ? "NA" : line));
        using var gaps = CsvTableReader.Open(Source, detector.Layout);
        var error = Assert.Throws<TableDataException>(() => detector.ScoreBatches(gaps, new TableScoreOptions { BatchRows = 300 }).Count());
        Assert.Equal(950, error.Row);

        using var again = CsvTableReader.Open(Source, detector.Layout);
        Assert.Equal(950, Assert.Throws<TableDataException>(() => detector.ExplainRow(again, 950)).Row);
    }

    [Fact]
    public void Without_rows_the_columns_are_there_all_the_same()
    {
        var detector = Detector();
        File.WriteAllText(Source, File.ReadLines(Source).First() + "\n");
        Assert.Equal(["row", "score", "label", "reasons"], Scored(detector, new TableScoreOptions { TopCount = 3, KeepsRowNumbers = true, MaxReasons = 1 }).Columns.Select(column => column.Name));
    }

    private FeatureTable Scored(TableDetector detector, TableScoreOptions options)
    {
        using (var reader = CsvTableReader.Open(Source, detector.Layout))
        using (var writer = new Gathering())
        {
            detector.Score(reader, writer, options);
            return FeatureTable.Concat(writer.Batches);
        }
    }

    private static void Cancel(CancellationTokenSource cancellation, TableProgress progress)
    {
        if (progress.RowCount >= 500)
            cancellation.Cancel();
    }

    /// <summary>A detector whose score is the only column, of which the last ten rows are above the threshold; and the file.</summary>
    private TableDetector Detector()
    {
        File.WriteAllLines(Source, Enumerable.Range(0, Rows).Select(row => $"{row}.5").Prepend("amount"));
        using var reader = CsvTableReader.Open(Source);
        var table = reader.ReadAll();
        var preparation = new TablePreparation().Fit(table);
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(1), 990, "fixed 990") { Profile = ReferenceProfile.Of(preparation.Apply(table)) };
        return new TableDetector(preparation, new FormulaDetector(1, row => row[0]) { Frame = frame, BlockRows = 64 });
    }

    private static DoubleColumn Broken(DoubleColumn column, int row)
    {
        double[] values = column.Cells.ToArray();
        values[row] = double.PositiveInfinity;
        return new DoubleColumn(column.Name, values);
    }

    private sealed class Seen(Action<TableProgress> report) : IProgress<TableProgress>
    {
        public void Report(TableProgress value) => report(value);
    }
}
