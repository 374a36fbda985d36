using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Parquet.Tests;

/// <summary>Damaged files end in a <see cref="TableDataException"/>, or in a table: never in a crash, another error or memory that the file does not vouch for.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int MaxBatch = 64;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_files_are_refused()
    {
        int count = Environment.GetEnvironmentVariable("ANOMALYKIT_LONG_TESTS") == "1" ? 100_000 : 2_000;
        var files = Files();
        int refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            byte[] bytes = Mutations.Apply(files[seed % files.Count], seed);
            try
            {
                using var reader = ParquetTableReader.Open(new MemoryStream(bytes));
                while (reader.ReadBatch(MaxBatch) is { } batch)
                    Assert.InRange(batch.RowCount, 1, MaxBatch);
            }
            catch (TableDataException error)
            {
                Assert.False(string.IsNullOrWhiteSpace(error.Message));
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"Seed {seed}: {error}");
            }
        }

        Assert.InRange(refused, count / 2, count - 1);
    }

    [Fact]
    public void A_file_may_be_cut_anywhere()
    {
        byte[] file = Files()[0];
        for (int length = 0; length < file.Length; length += 7)
            Assert.Throws<TableDataException>(() => ParquetTableReader.Open(new MemoryStream(file[..length])));
    }

    [Fact]
    public void A_page_that_claims_a_gigabyte_is_refused_before_it_is_read()
    {
        string path = _folder.File("claim.parquet");
        using (var duck = new DuckDb())
            duck.Copy("select i::float a from range(0, 3000) t(i)", path, "codec 'snappy', dictionary_size_limit 1, parquet_version v1");
        byte[] bytes = File.ReadAllBytes(path);
        // The page begins behind the magic: type 15 00, uncompressed size 15 …. Three bytes of it become five, and the rest is moved.
        Assert.Equal([0x15, 0x00, 0x15], bytes[4..7]);
        int end = 7;
        while (bytes[end] >= 0x80)
            end++;
        bytes = [.. bytes[..7], .. (byte[])[0xfe, 0xff, 0xff, 0xff, 0x07], .. bytes[(end + 1)..]];
        using var reader = ParquetTableReader.Open(new MemoryStream(bytes));
        var error = Assert.Throws<TableDataException>(() => reader.ReadBatch(10));
        Assert.Contains("1073741823 bytes", error.Message, StringComparison.Ordinal);
        Assert.Null(reader.ReadBatch(10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PAR1")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("PAR1\u0001\u0000\u0000\u0000PARE")]
    [InlineData("PAR1\u007f\u007f\u007f\u007fPAR1")]
    public void What_is_no_Parquet_file_is_refused(string text)
    {
        var error = Assert.Throws<TableDataException>(() => ParquetTableReader.Open(new MemoryStream([.. text.Select(letter => (byte)letter)])));
        Assert.StartsWith("The stream is not a Parquet file that can be read: ", error.Message, StringComparison.Ordinal);
    }

    private List<byte[]> Files()
    {
        using var duck = new DuckDb();
        var files = new List<byte[]>();
        foreach (string codec in (string[])["uncompressed", "snappy", "zstd", "gzip"])
        {
            foreach (string version in (string[])["v1", "v2"])
            {
                string path = _folder.File($"{codec}{version}.parquet");
                duck.Copy(
                    "select i::int a, case when i % 3 = 0 then null else i::bigint end b, (i * 0.5)::float f, (i * 0.25)::double d, case when i % 4 = 0 then null else 'w' || (i % 5) end s, " +
                    "i % 2 = 0 as yes, (i * 1.25)::decimal(9, 2) d9, (i * 1.25)::decimal(38, 2) d38, date '2024-01-01' + i::int dt, timestamp '2024-01-01' + interval (i) minute ts, " +
                    "i::utinyint u8, i::uinteger u32, i::ubigint u64, uuid() id, [i, i] nested from range(0, 60) t(i)",
                    path,
                    $"codec '{codec}', parquet_version {version}, row_group_size 2048");
                files.Add(File.ReadAllBytes(path));
            }
        }

        using var ours = new MemoryStream();
        using (var writer = ParquetTableWriter.Create(ours, new ParquetWriteOptions { RowGroupRows = 20 }, leaveOpen: true))
        {
            var table = RandomTables.Create(new Random(5), 50);
            writer.Write(table.Slice(0, 25));
            writer.Write(table.Slice(25, 25));
            writer.Complete();
        }

        files.Add(ours.ToArray());
        return files;
    }
}
