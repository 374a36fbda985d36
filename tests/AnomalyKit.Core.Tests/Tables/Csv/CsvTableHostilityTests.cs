using System.Text;
using AnomalyKit.Tests.Csv;

namespace AnomalyKit.Tests.Tables;

public sealed class CsvTableHostilityTests
{
    private const string Text = "id,amount,word,yes,time\r\n1,\"1,5\",\"a \"\"b\"\"\",yes,2026-11-28\r\n,2.5, x ,no,2026-11-28T14:05:09\r\n3,NA,,true,\r\n\r\n4,1e3,\"line\nbreak\",false,2026-01-01\r\n";

    [Theory]
    [InlineData(false, CsvBadRows.Refuse)]
    [InlineData(false, CsvBadRows.Skip)]
    [InlineData(true, CsvBadRows.Refuse)]
    public void Mutated_texts_end_in_rows_or_one_clear_error(bool isPacked, CsvBadRows badRows)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        if (isPacked)
            text = CsvText.Gzip(text);
        var random = new Random(5);
        var options = new CsvTableOptions { BadRows = badRows, Comment = '#', RepeatedNames = CsvRepeatedNames.Number };
        var layout = new TableLayout { Kinds = new Dictionary<string, ColumnKind> { ["amount"] = ColumnKind.Number } };
        int count = Hostility.Mutations(1000);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] mutated = Mutate(text, random);
            try
            {
                using var reader = CsvTableReader.Open(new MemoryStream(mutated), i % 2 == 0 ? layout : null, options);
                while (reader.ReadBatch(2) is { } batch)
                    Assert.InRange(batch.RowCount, 1, 2);
            }
            catch (TableDataException e)
            {
                refused++;
                Assert.StartsWith(e.InnerException is CsvFormatException ? "CSV stream" : "", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(" CsvOptions.", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, count / 30, count);
    }

    [Fact]
    public void What_is_read_once_and_twice_is_the_same()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        var random = new Random(6);
        var options = new CsvTableOptions { BadRows = CsvBadRows.Skip };
        for (int i = 0; i < 1000; i++)
        {
            byte[] mutated = Mutate(text, random);
            Assert.Equal(Outcome(new MemoryStream(mutated), options), Outcome(new TrickleStream(mutated, 11), options));
        }
    }

    [Fact]
    public void A_quote_that_is_never_closed_ends_the_reading()
    {
        using var reader = CsvTableReader.Open(CsvText.Stream("a,w\n1,x\n2,\"y\n3,z\n"));
        Assert.Equal(1, reader.ReadBatch(5)!.RowCount);
        var e = Assert.Throws<TableDataException>(() => reader.ReadBatch(5));
        Assert.Contains("line 3", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch(5));
    }

    private static string Outcome(Stream stream, CsvTableOptions options)
    {
        try
        {
            using var reader = CsvTableReader.Open(stream, options: options);
            var table = reader.ReadAll();
            return table.Schema + "\n" + string.Join('\n', table.Columns.Select(column => string.Join('|', Enumerable.Range(0, table.RowCount).Select(row => column.Text(row) ?? "∅"))));
        }
        catch (TableDataException e)
        {
            return e.Message;
        }
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        byte[] mutated = [.. text];
        for (int k = random.Next(1, 5); k > 0; k--)
            mutated[random.Next(mutated.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"\",;\r\n\t #.-0"[random.Next(11)];
        return random.Next(5) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
    }
}
