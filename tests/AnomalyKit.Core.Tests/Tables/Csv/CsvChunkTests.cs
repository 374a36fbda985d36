using System.IO.Compression;
using System.Text;

namespace AnomalyKit.Core.Tests.Tables.Csv;

/// <summary>Files that several threads read give what one thread reads, cell by cell, and the same errors.</summary>
public sealed class CsvChunkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anomalykit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 40, false)]
    [InlineData(2, 64, false)]
    [InlineData(3, 200, true)]
    [InlineData(4, 1000, false)]
    public void Random_texts_are_read_alike(int seed, int chunkBytes, bool isPacked)
    {
        var random = new Random(seed);
        int failures = 0;
        for (int i = 0; i < 120; i++)
        {
            string path = Write(RandomText(random), isPacked);
            string expected = Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 1 });
            Assert.Equal(expected, Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 2, ChunkBytes = chunkBytes }));
            failures += expected.StartsWith('!') ? 1 : 0;
        }

        Assert.InRange(failures, 2, 100);
    }

    [Fact]
    public void A_cut_gzip_file_is_said_as_by_one_thread()
    {
        string path = Write("a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 37 % 1000}.5\n")), isPacked: true);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        string expected = Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 1 });
        Assert.Contains("cut off", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 2, ChunkBytes = 1000 }));
    }

    [Fact]
    public void Batches_hold_at_most_the_rows_asked_for_and_the_row_count_goes_along()
    {
        string path = Write("a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i}.5\n")), isPacked: false);
        using var reader = CsvTableReader.Open(path, options: new CsvTableOptions { MaxDegreeOfParallelism = 2, ChunkBytes = 512 });
        int rows = 0;
        while (reader.ReadBatch(7) is { } batch)
        {
            Assert.InRange(batch.RowCount, 1, 7);
            rows += batch.RowCount;
            Assert.Equal(rows, reader.RowCount);
        }

        Assert.Equal(1000, rows);
        Assert.Equal(new FileInfo(path).Length, reader.BytesRead);
        Assert.Null(reader.ReadBatch(7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_a_cancelled_read_no_rows_follow(int threads)
    {
        string path = Write("a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i}.5\n")), isPacked: false);
        using var reader = CsvTableReader.Open(path, options: new CsvTableOptions { MaxDegreeOfParallelism = threads, ChunkBytes = 512 });
        Assert.Equal(7, reader.ReadBatch(7)!.RowCount);
        Assert.ThrowsAny<OperationCanceledException>(() => Rest(reader, new CancellationToken(canceled: true)));
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(7));
        Assert.Throws<InvalidOperationException>(() => reader.SkipRows(7));
    }

    private static void Rest(CsvTableReader reader, CancellationToken token)
    {
        while (reader.ReadBatch(7, token) is not null)
        {
        }
    }

    private static string RandomText(Random random)
    {
        string[] numbers = ["1", "\"7\"", "-2.5", "0.1", "1e5", "12345678901234567890", "3.14159265358979", "", "NA", " 7 ", "+4", "-0", "1e-400", ".5", "5."];
        string[] words = ["red", "\"plain\"", "\"a,b\"", "\"a,b\"", "\"two\nlines\"", "\"say \"\"so\"\"\"", "", "\"\"", "NA", "été", "007", " x ", "5\" pipe"];
        string end = random.Next(4) == 0 ? "\r\n" : "\n";
        int wordColumns = random.Next(3);
        var text = new StringBuilder(random.Next(5) == 0 ? "\ufeff" : "");
        text.Append(random.Next(8) == 0 ? "sep=;" + end : "");
        char delimiter = text.ToString().Contains("sep", StringComparison.Ordinal) ? ';' : ',';
        text.AppendJoin(delimiter, Enumerable.Range(0, 2 + wordColumns).Select(i => i < 2 ? $"n{i}" : $"w{i}")).Append(end);
        for (int rows = random.Next(60); rows > 0; rows--)
        {
            var cells = Enumerable.Range(0, 2 + wordColumns).Select(i => i < 2 ? numbers[random.Next(i == 0 ? 7 : numbers.Length)] : words[random.Next(words.Length - (random.Next(20) == 0 ? 0 : 1))]);
            text.AppendJoin(delimiter, cells).Append(random.Next(400) == 0 ? ",more" : "").Append(end);
            if (random.Next(40) == 0)
                text.Append(end);
        }

        return random.Next(3) == 0 ? text.ToString().TrimEnd() : text.ToString();
    }

    private static string Read(string path, CsvTableOptions options)
    {
        var kinds = new Dictionary<string, ColumnKind> { ["n0"] = ColumnKind.Number, ["n1"] = ColumnKind.Number };
        var text = new StringBuilder();
        try
        {
            using var reader = CsvTableReader.Open(path, new TableLayout { Kinds = path.Contains("declared", StringComparison.Ordinal) ? kinds : [] }, options);
            text.AppendLine(reader.Schema.ToString());
            while (reader.ReadBatch(1000) is { } batch)
            {
                for (int row = 0; row < batch.RowCount; row++)
                    text.AppendJoin('|', batch.Columns.Select(column => column.Text(row) ?? "-")).AppendLine();
            }
        }
        catch (TableDataException e)
        {
            text.Insert(0, $"!{e.Row} {e.ColumnName} {e.Message}\n");
        }

        return text.ToString();
    }

    private string Write(string text, bool isPacked)
    {
        string path = Path.Combine(_folder, $"declared-{Guid.NewGuid():N}.csv{(isPacked ? ".gz" : "")}");
        using var file = File.Create(path);
        using Stream stream = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    [Theory]
    [InlineData("2026-01-02T10:00:00Z", "2026-01-02T10:00:00")]
    [InlineData("2026-01-02T10:00:00", "2026-01-02T10:00:00Z")]
    [InlineData("2026-01-02T10:00:00Z", "")]
    [InlineData("", "2026-01-02T10:00:00Z")]
    public void Dates_of_two_kinds_are_told_as_by_one_thread(string first, string second)
    {
        string path = Write("t,x\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{(i < 200 ? first : second)},{i}.5\n")), isPacked: false);
        var layout = new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["t"] = ColumnKind.DateTime } };
        string expected = All(new CsvTableOptions { MaxDegreeOfParallelism = 1 });
        for (int i = 0; i < 5; i++)
            Assert.Equal(expected, All(new CsvTableOptions { MaxDegreeOfParallelism = 2, ChunkBytes = 512 }));

        string All(CsvTableOptions options)
        {
            using var reader = CsvTableReader.Open(path, layout, options);
            try
            {
                var dates = Assert.IsType<DateTimeColumn>(reader.ReadAll()["t"]);
                return $"{dates.IsUtc} {string.Join(' ', dates.Ticks.ToArray())}";
            }
            catch (TableDataException e)
            {
                return $"{e.Row} {e.ColumnName} {e.Message}";
            }
        }
    }

    [Fact]
    public void A_mark_of_utf_16_is_heard_by_all_threads()
    {
        string path = Path.Combine(_folder, "wide.csv");
        File.WriteAllText(path, "a,b\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"k{i % 7},w{i % 5}\n")), new UnicodeEncoding(bigEndian: true, byteOrderMark: true));
        Assert.Equal(Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 1 }), Read(path, new CsvTableOptions { MaxDegreeOfParallelism = 2, ChunkBytes = 500 }));
    }
}
