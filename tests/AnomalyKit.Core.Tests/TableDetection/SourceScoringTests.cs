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
        var preparation = new TablePreparation().Fit(reader.ReadAll());
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(1), 990, "fixed 990");
        return new TableDetector(preparation, new FormulaDetector(1, row => row[0]) { Frame = frame, BlockRows = 64 });
    }

    private sealed class Seen(Action<TableProgress> report) : IProgress<TableProgress>
    {
        public void Report(TableProgress value) => report(value);
    }
}
