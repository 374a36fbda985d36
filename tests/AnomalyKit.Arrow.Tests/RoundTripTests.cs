using AnomalyKit.Tests.Tables;
using FsCheck.Xunit;

namespace AnomalyKit.Arrow.Tests;

/// <summary>What is written is read again, whatever the batches.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void A_file_that_was_not_completed_is_no_file()
    {
        using var stream = new MemoryStream();
        using (var writer = ArrowTableWriter.Create(stream, new ArrowWriteOptions { Format = ArrowFormat.File }, leaveOpen: true))
            writer.Write(RandomTables.Create(1));
        stream.Position = 0;
        Assert.Throws<TableDataException>(() =>
        {
            using var reader = ArrowTableReader.Open(stream);
            reader.ReadAll();
        });
    }

    [Property(MaxTest = 60)]
    public void All_kinds_come_back_with_their_missing_cells(int seed)
    {
        var random = new Random(seed);
        var table = RandomTables.Create(random, random.Next(301));
        var options = new ArrowWriteOptions { Compression = (ArrowCompression)random.Next(3), Format = (ArrowFormat)random.Next(2) };
        using var stream = new MemoryStream();
        using (var writer = ArrowTableWriter.Create(stream, options, leaveOpen: true))
        {
            writer.Write(table.Slice(0, 0));
            for (int row = 0; row < table.RowCount;)
            {
                int count = Math.Min(random.Next(1, 150), table.RowCount - row);
                writer.Write(table.Slice(row, count));
                row += count;
            }

            writer.Complete();
        }

        // A pipe cannot seek; the file format is read from one as well.
        stream.Position = 0;
        using var reader = ArrowTableReader.Open(random.Next(2) == 0 ? stream : new Pipe(stream.ToArray()));
        Assert.Equal(table.Schema, reader.Schema);
        var batches = new List<FeatureTable>();
        while (reader.ReadBatch(random.Next(1, 120)) is { } batch)
            batches.Add(batch);
        Assert.Equal(table.RowCount, reader.RowCount);
        if (batches.Count > 0)
            RandomTables.AssertEqual(table, FeatureTable.Concat(batches));
        else
            Assert.Equal(0, table.RowCount);
    }

    [Property(MaxTest = 40)]
    public void Tables_and_record_batches_become_each_other(int seed)
    {
        var table = RandomTables.Create(seed);
        using var batch = ArrowTables.FromTable(table);
        RandomTables.AssertEqual(table, ArrowTables.ToTable(batch));
        int start = table.RowCount / 3;
        var slice = batch.Slice(start, table.RowCount - start);
        RandomTables.AssertEqual(table.Slice(start, table.RowCount - start), ArrowTables.ToTable(slice));
    }

    [Fact]
    public void Files_appear_whole_or_not_at_all()
    {
        using var folder = new TempFolder();
        string path = folder.File("a.arrow");
        File.WriteAllText(path, "old");
        using (var writer = ArrowTableWriter.Create(path))
            writer.Write(RandomTables.Create(1));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
        using (var writer = ArrowTableWriter.Create(path))
        {
            writer.Write(RandomTables.Create(1));
            Assert.Throws<ArgumentException>(() => writer.Write(new FeatureTable(new SingleColumn("y", new float[] { 1 }))));
            writer.Complete();
            Assert.Throws<InvalidOperationException>(() => writer.Write(RandomTables.Create(1)));
        }

        using var reader = ArrowTableReader.Open(path);
        RandomTables.AssertEqual(RandomTables.Create(1), reader.ReadAll());
    }

    private sealed class Pipe(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        // A pipe gives what it has.
        public override int Read(Span<byte> buffer) => base.Read(buffer.Length > 3 ? buffer[..3] : buffer);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));
    }

    [Fact]
    public void A_batch_without_dates_goes_with_dates_of_any_zone()
    {
        var stream = new MemoryStream();
        using (var writer = ArrowTableWriter.Create(stream, new ArrowWriteOptions { Format = ArrowFormat.Stream }, leaveOpen: true))
        {
            foreach (long ticks in (long[])[5_000_000_000_000_000, DateTimeColumn.MissingCell])
                writer.Write(new FeatureTable(new DateTimeColumn("t", new[] { ticks }, isUtc: ticks != DateTimeColumn.MissingCell)));
            writer.Complete();
        }

        stream.Position = 0;
        using var reader = ArrowTableReader.Open(stream);
        var dates = Assert.IsType<DateTimeColumn>(reader.ReadAll()["t"]);
        Assert.True(dates.IsUtc);
        Assert.Equal([5_000_000_000_000_000, DateTimeColumn.MissingCell], dates.Ticks.ToArray());
    }
}
