using AnomalyKit.Tests.Tables;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace AnomalyKit.Arrow.Tests;

/// <summary>Damaged files end in a <see cref="TableDataException"/>, or in a table: never in a crash, another error or memory that the file does not vouch for.</summary>
public sealed class HostileFileTests
{
    private const int MaxBatch = 64;

    [Fact]
    public void Damaged_files_are_refused()
    {
        int count = Environment.GetEnvironmentVariable("ANOMALYKIT_LONG_TESTS") == "1" ? 100_000 : 4_000;
        var files = Files();
        int refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            byte[] bytes = Mutations.Apply(files[seed % files.Count], seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var reader = ArrowTableReader.Open(new MemoryStream(bytes));
                // Columns of no memory, of which the rows are only claimed, may be as long as they like.
                for (int batches = 0; batches < 100 && reader.ReadBatch(MaxBatch) is { } batch; batches++)
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

            // Files of some 5 kB; Zstandard may vouch for more than they hold.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
        }

        Assert.InRange(refused, count / 5, count - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ARROW1")]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f")]
    public void What_is_no_Arrow_is_refused(string text)
    {
        var error = Assert.Throws<TableDataException>(() => ArrowTableReader.Open(new MemoryStream([.. text.Select(letter => (byte)letter)])));
        Assert.StartsWith("The stream holds no Arrow data that can be read: ", error.Message, StringComparison.Ordinal);
    }

    private static List<byte[]> Files()
    {
        var files = new List<byte[]>();
        string[] kinds = SliceTests.Names;
        var arrays = System.Array.ConvertAll(kinds, SliceTests.Array);
        var schema = new Schema(kinds.Zip(arrays, (kind, array) => new Field(kind, array.Data.DataType, true)), null);
        var batch = new RecordBatch(schema, arrays, 40);
        foreach (var codec in (CompressionCodecType?[])[null, CompressionCodecType.Zstd, CompressionCodecType.Lz4Frame])
        {
            var options = new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() };
            foreach (bool isFile in (bool[])[true, false])
            {
                using var stream = new MemoryStream();
                using (var writer = isFile ? new ArrowFileWriter(stream, schema, leaveOpen: true, options) : new ArrowStreamWriter(stream, schema, leaveOpen: true, options))
                {
                    writer.WriteRecordBatch(batch);
                    writer.WriteRecordBatch(batch);
                    writer.WriteEnd();
                }

                files.Add(stream.ToArray());
            }
        }

        return files;
    }
}
