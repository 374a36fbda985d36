using System.Diagnostics;
using System.Globalization;
using AnomalyKit.Benchmarks.Streaming;

namespace AnomalyKit.Benchmarks.Columnar;

/// <summary>Writes each file, reads it, prints a line and deletes it.</summary>
internal static class ColumnarRun
{
    public static Task<int> Run(ColumnarOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("anomalykit-columnar-");
        try
        {
            output.WriteLine("file             size        rows/s      float GB/s  peak above start");
            foreach (var compression in Enum.GetValues<ParquetCompression>().Where(codec => options.File is null || string.Equals(options.File, $"parquet-{codec}", StringComparison.OrdinalIgnoreCase)))
            {
                string path = Path.Combine(folder.FullName, "columns.parquet");
                using (var writer = ParquetTableWriter.Create(path, new ParquetWriteOptions { Compression = compression, RowGroupRows = options.GroupRows }))
                    Write(writer, options, cancellationToken);
                Read($"Parquet {compression}", path, () => ParquetTableReader.Open(path), options, output, cancellationToken);
            }

            if (options.File is not (null or "arrow"))
                return Task.FromResult(0);
            string arrow = Path.Combine(folder.FullName, "columns.arrow");
            using (var writer = ArrowTableWriter.Create(arrow))
                Write(writer, options, cancellationToken);
            Read("Arrow", arrow, () => ArrowTableReader.Open(arrow), options, output, cancellationToken);
            return Task.FromResult(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(TableWriter writer, ColumnarOptions options, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        for (long row = 0; row < options.Rows; row += options.GroupRows)
            writer.Write(Table(random, (int)Math.Min(options.GroupRows, options.Rows - row), options.Columns), cancellationToken);
        writer.Complete();
    }

    private static FeatureTable Table(Random random, int rows, int columns) => new(Enumerable.Range(0, columns).Select(i =>
    {
        var cells = new float[rows];
        for (int row = 0; row < rows; row++)
            cells[row] = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f;
        return new SingleColumn($"f{i}", cells);
    }));

    private static void Read(string name, string path, Func<TableReader> open, ColumnarOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var detector = options.Score ? Fit(options) : null;
        double best = double.MaxValue;
        using var watch = new MemoryWatch();
        for (int i = 0; i < options.Repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            long rows = 0;
            double sum = 0;
            using var reader = open();
            while (reader.ReadBatch(options.BatchRows, cancellationToken) is { } batch)
            {
                rows += batch.RowCount;
                foreach (var column in batch.Columns)
                    sum += ((SingleColumn)column).Cells.Span[0];
                if (detector is not null)
                    sum += detector.Score(batch, new TableScoreOptions { MaxDegreeOfParallelism = 1 }, cancellationToken)[0];
            }

            if (rows != options.Rows || double.IsNaN(sum))
                throw new InvalidDataException($"{name}: {rows} rows and a sum of {sum}.");
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        watch.Sample();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16} {new FileInfo(path).Length / 1e6,6:F0} MB  {options.Rows / best,12:N0}  {options.Rows * (double)options.Columns * sizeof(float) / best / 1e9,10:F2}  {watch.PeakMegabytes,8:F0} MB"));
        File.Delete(path);
    }

    // Categories, dates and gaps cost more; these columns are plain numbers, which missing cells would be refused in.
    private static TableDetector Fit(ColumnarOptions options) =>
        new TableTrainer(new IsolationForestTrainer { Seed = 42 }).Fit(Table(new Random(2), 1 << 14, options.Columns));
}
