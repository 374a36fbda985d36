using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Tables.Csv;

public sealed class CsvSkipTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"anomalykit-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Property(MaxTest = 60)]
    public void Rows_behind_skipped_ones_are_those_of_the_whole_file(int seed)
    {
        var random = new Random(seed);
        int rows = random.Next(400);
        var text = new StringBuilder("a,b\n");
        for (int row = 0; row < rows; row++)
            text.Append(random.Next(4) switch { 0 => $"\"{row}\",\"x\"\"\n,y\"", 1 => $"{row},\r", 2 => $"{row},\"\"", _ => $"{row},word" }).Append('\n');
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        bool isPacked = random.Next(2) == 0;
        using (var file = File.Create(_path))
        using (Stream stream = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file)
            stream.Write(bytes);
        var options = new CsvTableOptions { MaxDegreeOfParallelism = 1 + random.Next(2), ChunkBytes = 512 };
        using var reader = CsvTableReader.Open(_path, new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number, ["b"] = ColumnKind.Category } }, options);
        int next = 0;
        while (next < rows)
        {
            int step = random.Next(60);
            if (random.Next(2) == 0)
            {
                Assert.Equal(Math.Min(step, rows - next), reader.SkipRows(step));
                next = Math.Min(rows, next + step);
            }
            else if (reader.ReadBatch(step + 1) is { } batch)
            {
                Assert.Equal(Enumerable.Range(next, batch.RowCount).Select(row => (double)row), Enumerable.Range(0, batch.RowCount).Select(row => ((NumberColumn)batch["a"]).Value(row)));
                next += batch.RowCount;
            }

            Assert.Equal(next, reader.RowCount);
        }

        Assert.Equal(0, reader.SkipRows(1));
        Assert.Null(reader.ReadBatch(1));
    }

    [Fact]
    public void Cells_of_skipped_rows_are_not_looked_at()
    {
        File.WriteAllText(_path, "a,b\n1,2\nx,y,z\n3,4\n");
        using var reader = CsvTableReader.Open(_path, new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number, ["b"] = ColumnKind.Number } });
        Assert.Equal(2, reader.SkipRows(2));
        Assert.Equal("3", reader.ReadBatch(5)!["a"].Text(0));
    }

    [Fact]
    public void Broken_text_and_cancellation_end_the_skipping()
    {
        File.WriteAllText(_path, "a,b\n1,2\n\"3,4\n");
        var layout = new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number, ["b"] = ColumnKind.Number } };
        using var reader = CsvTableReader.Open(_path, layout);
        Assert.Contains("never closed", Assert.Throws<TableDataException>(() => reader.SkipRows(long.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => reader.SkipRows(1));
        using var again = CsvTableReader.Open(_path, layout);
        Assert.Throws<OperationCanceledException>(() => again.SkipRows(1, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => again.SkipRows(-1));
    }
}
