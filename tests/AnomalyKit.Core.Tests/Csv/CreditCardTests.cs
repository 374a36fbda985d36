using System.IO.Compression;
using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CreditCardTests
{
    [DataFact(DataFiles.CreditCard)]
    public void The_credit_card_data_is_what_it_is_known_to_be()
    {
        CsvReport? report = null;
        var data = FeatureMatrix.LoadCsv(DataFiles.Find(DataFiles.CreditCard)!, "Class", options: new CsvOptions { Report = r => report = r });
        Assert.Equal(284_807, data.RowCount);
        Assert.Equal(["Time", .. Enumerable.Range(1, 28).Select(i => $"V{i}"), "Amount"], data.Schema.ColumnNames);
        Assert.False(data.Schema.HasOffsets);
        Assert.Empty(report!.PrecisionLosses);
        Assert.Equal(1, report.PassCount);
        var labels = data.Labels.Span;
        Assert.Equal(492, labels.Count(true));
        Assert.Equal(541, labels.IndexOf(true));
        Assert.Equal(281_674, labels.LastIndexOf(true));
        double sum = 0;
        double squares = 0;
        float largest = 0;
        float time = 0;
        for (int row = 0; row < data.RowCount; row++)
        {
            float amount = data.Cells(row)[29];
            sum += amount;
            squares += (amount - 88.35) * (amount - 88.35);
            largest = Math.Max(largest, amount);
            Assert.True(data.Cells(row)[0] >= time);
            time = data.Cells(row)[0];
        }

        Assert.Equal(88.3496, sum / data.RowCount, 4);
        Assert.Equal(250.1201, Math.Sqrt(squares / data.RowCount), 3);
        Assert.Equal(25691.16f, largest);
        Assert.Equal(172_792f, time);
        Assert.Equal(-1.3598071336738f, data.Cells(0)[1]);
    }

    [DataFact(DataFiles.CreditCard)]
    public void The_form_that_Kaggle_serves_is_read_alike()
    {
        string path = DataFiles.Find(DataFiles.CreditCard)!;
        var options = new CsvOptions { MaxRows = 20_000 };
        var expected = FeatureMatrix.LoadCsv(path, "Class", options: options);
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var lines = new StreamReader(plain);
        // The file at hand may be the quoted form itself.
        var text = new StringBuilder("\"" + lines.ReadLine()!.Replace("\"", string.Empty, StringComparison.Ordinal).Replace(",", "\",\"", StringComparison.Ordinal) + "\"\r\n");
        for (int i = 0; i < 20_000; i++)
        {
            string line = lines.ReadLine()!.Replace("\"", string.Empty, StringComparison.Ordinal);
            text.Append(line.AsSpan(0, line.Length - 1)).Append('"').Append(line[^1]).Append("\"\r\n");
        }

        var quoted = CsvText.Load(text.ToString(), "Class");
        Assert.Equal(CsvText.Cells(expected), CsvText.Cells(quoted));
        Assert.Equal(expected.Labels.ToArray(), quoted.Labels.ToArray());
    }

    [DataFact(DataFiles.CreditCard)]
    public void Batches_of_the_credit_card_data_take_bounded_memory()
    {
        using var reader = CsvFeatureReader.Open(DataFiles.Find(DataFiles.CreditCard)!, "Class");
        int frauds = 0;
        long rows = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (reader.ReadBatch(4096) is { } batch)
        {
            rows += batch.RowCount;
            frauds += batch.Labels.Span.Count(true);
        }

        // Little but the batches themselves is allocated: 30 cells and a label a row.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, rows * 121, (rows * 121) + 2_000_000);
        Assert.Equal((284_807, 492), ((int)rows, frauds));
    }
}
