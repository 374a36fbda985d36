using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Parquet.Tests;

/// <summary>A file appears whole or not at all.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_not_completed_leaves_nothing_and_keeps_what_was_there()
    {
        string path = _folder.File("a.parquet");
        File.WriteAllText(path, "old");
        using (var writer = ParquetTableWriter.Create(path))
            writer.Write(RandomTables.Create(1));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void A_stream_that_was_not_completed_is_no_file(int rowGroupRows)
    {
        var table = RandomTables.Create(1);
        var stream = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(stream, new ParquetWriteOptions { RowGroupRows = rowGroupRows }, leaveOpen: true))
            writer.Write(table);
        stream.Position = 0;
        Assert.Throws<TableDataException>(() => ParquetTableReader.Open(stream));

        // Neither is one whose second batch failed.
        stream = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(stream, new ParquetWriteOptions { RowGroupRows = rowGroupRows }, leaveOpen: true))
        {
            writer.Write(table);
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Write(table, new CancellationToken(canceled: true)));
        }

        stream.Position = 0;
        Assert.Throws<TableDataException>(() => ParquetTableReader.Open(stream));
    }

    [Fact]
    public void Other_columns_are_refused_and_the_writer_goes_on()
    {
        string path = _folder.File("a.parquet");
        var table = new FeatureTable(new SingleColumn("x", new float[] { 1 }));
        using (var writer = ParquetTableWriter.Create(path))
        {
            writer.Write(table);
            Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(new SingleColumn("y", new float[] { 1 }))));
            Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(new DoubleColumn("x", new double[] { 1 }))));
            writer.Write(table);
            writer.Complete();
            Assert.Throws<InvalidOperationException>(() => writer.Write(table));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }

        using var reader = ParquetTableReader.Open(path);
        Assert.Equal(2, reader.ReadAll().RowCount);
    }

    [Fact]
    public void A_cancelled_write_ends_the_writer()
    {
        using var writer = ParquetTableWriter.Create(_folder.File("a.parquet"));
        Assert.ThrowsAny<OperationCanceledException>(() => writer.Write(RandomTables.Create(1), new CancellationToken(canceled: true)));
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void Without_a_batch_there_is_nothing_to_complete()
    {
        using (var writer = ParquetTableWriter.Create(_folder.File("a.parquet")))
            Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_stream_that_fails_is_an_IOException()
    {
        using var writer = ParquetTableWriter.Create(new FullStream());
        Assert.ThrowsAny<IOException>(() =>
        {
            for (int i = 0; i < 100; i++)
                writer.Write(RandomTables.Create(new Random(1), 5000));
            writer.Complete();
        });
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > 1000)
                throw new IOException("No space left on device.");
            base.Write(buffer, offset, count);
        }
    }

    [Fact]
    public void A_batch_without_dates_goes_with_dates_of_any_zone()
    {
        string path = _folder.File("dates.parquet");
        using (var writer = ParquetTableWriter.Create(path))
        {
            foreach (long ticks in (long[])[5_000_000_000_000_000, DateTimeColumn.MissingCell, 6_000_000_000_000_000])
                writer.Write(new FeatureTable(new DateTimeColumn("t", new[] { ticks }, isUtc: ticks != DateTimeColumn.MissingCell)));
            Assert.Contains("without a zone", Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(new DateTimeColumn("t", new[] { 7_000_000_000_000_000 }, isUtc: false)))).Message, StringComparison.Ordinal);
            writer.Complete();
        }

        using var reader = ParquetTableReader.Open(path);
        var dates = Assert.IsType<DateTimeColumn>(reader.ReadAll()["t"]);
        Assert.True(dates.IsUtc);
        Assert.Equal([5_000_000_000_000_000, DateTimeColumn.MissingCell, 6_000_000_000_000_000], dates.Ticks.ToArray());
    }
}
