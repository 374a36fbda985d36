using AnomalyKit.Tests.Tables;
using FsCheck.Xunit;

namespace AnomalyKit.Parquet.Tests;

/// <summary>What is written is read again, whatever the batches.</summary>
public sealed class RoundTripTests
{
    [Property(MaxTest = 60)]
    public void All_kinds_come_back_with_their_missing_cells(int seed)
    {
        var random = new Random(seed);
        var table = RandomTables.Create(random, random.Next(301));
        var options = new ParquetWriteOptions { Compression = (ParquetCompression)random.Next(4), RowGroupRows = random.Next(1, 200) };
        using var stream = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(stream, options, leaveOpen: true))
        {
            writer.Write(table.Slice(0, 0));
            for (int row = 0; row < table.RowCount;)
            {
                int count = Math.Min(random.Next(1, 150), table.RowCount - row);
                writer.Write(table.Slice(row, count));
                row += count;
            }

            writer.Complete();
            Assert.Equal(table.RowCount, writer.RowCount);
        }

        using var reader = ParquetTableReader.Open(stream);
        Assert.Equal(table.RowCount, reader.TotalRowCount);
        Assert.Equal(0, reader.RowCount);
        var batches = new List<FeatureTable>();
        while (reader.ReadBatch(random.Next(1, 120)) is { } batch)
            batches.Add(batch);
        Assert.Equal(table.RowCount, reader.RowCount);
        if (batches.Count > 0)
            RandomTables.AssertEqual(table, FeatureTable.Concat(batches));
        else
            Assert.Equal(0, table.RowCount);
    }

    [Fact]
    public void A_file_of_no_rows_keeps_its_columns()
    {
        using var stream = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(stream, leaveOpen: true))
        {
            writer.Write(RandomTables.Create(1).Slice(0, 0));
            writer.Complete();
        }

        using var reader = ParquetTableReader.Open(stream);
        Assert.Equal(RandomTables.Create(1).Schema, reader.Schema);
        Assert.Equal(0, reader.ReadAll().RowCount);
        Assert.Null(reader.ReadBatch(10));
    }

    [Fact]
    public async Task Batches_come_asynchronously_too()
    {
        var table = RandomTables.Create(new Random(3), 500);
        using var stream = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(stream, leaveOpen: true))
        {
            writer.Write(table);
            writer.Complete();
        }

        await using var reader = ParquetTableReader.Open(stream);
        var batches = new List<FeatureTable>();
        await foreach (var batch in reader.ReadBatchesAsync(128))
            batches.Add(batch);
        Assert.Equal([128, 128, 128, 116], batches.Select(batch => batch.RowCount));
        RandomTables.AssertEqual(table, FeatureTable.Concat(batches));
    }
}
