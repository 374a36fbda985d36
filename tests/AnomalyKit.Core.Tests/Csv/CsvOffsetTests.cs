using System.Globalization;
using System.Text;

namespace AnomalyKit.Tests.Csv;

public class CsvOffsetTests
{
    [Fact]
    public void Timestamps_get_a_whole_offset_and_stay_exact()
    {
        var random = new Random(1);
        long[] times = [.. Enumerable.Range(0, 10_000).Select(i => 1_700_000_000L + (i * 17L) + random.Next(17))];
        var matrix = CsvText.Load(Text("time", times.Select(time => time.ToString(CultureInfo.InvariantCulture))));
        double offset = matrix.Schema.ColumnOffsets[0];
        Assert.Equal(Math.Round(offset), offset);
        Assert.InRange(offset, 1.69e9, 1.71e9);
        for (int i = 0; i < times.Length; i++)
            Assert.Equal(times[i], matrix.Cells(i)[0] + offset);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("16777216")]
    [InlineData("16777217")]
    public void A_constant_that_float32_may_blur_gets_an_offset(string value)
    {
        var matrix = CsvText.Load(Text("x", Enumerable.Repeat(value, 100)));
        Assert.Equal(double.Parse(value, CultureInfo.InvariantCulture), matrix.Schema.ColumnOffsets[0]);
        Assert.All(CsvText.Cells(matrix), cell => Assert.Equal(0, cell));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("-0.1")]
    [InlineData("16777215")]
    public void A_constant_of_ordinary_size_gets_none(string value) =>
        Assert.False(CsvText.Load(Text("x", Enumerable.Repeat(value, 100))).Schema.HasOffsets);

    [Fact]
    public void Ordinary_columns_get_none()
    {
        var random = new Random(2);
        Assert.False(CsvText.Load(Text("x", Enumerable.Range(0, 5000).Select(_ => Number(random.NextDouble() - 0.5)))).Schema.HasOffsets);
        Assert.False(CsvText.Load(Text("x", Enumerable.Range(0, 5000).Select(_ => Number(100 + random.NextDouble())))).Schema.HasOffsets);
    }

    [Theory]
    [InlineData(1e4, 1e-2)]
    [InlineData(-1e4, 1e-2)]
    [InlineData(1e9, 1e-3)]
    [InlineData(3e7, 5)]
    [InlineData(1e12, 1e4)]
    [InlineData(1, 1e-9)]
    [InlineData(1e30, 1e20)]
    public void A_small_spread_far_from_zero_survives(double center, double spread)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 6000).Select(_ => center + (spread * (random.NextDouble() - 0.5)))];
        CsvReport? report = null;
        var matrix = CsvText.Load(Text("x", values.Select(Number)), options: new CsvOptions { Report = r => report = r });
        Assert.True(matrix.Schema.HasOffsets);
        Assert.Empty(report!.PrecisionLosses);
        Assert.Equal(1, report.PassCount);
        double offset = matrix.Schema.ColumnOffsets[0];
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(values[i] - offset, matrix.Cells(i)[0], 1e-4 * spread);
    }

    [Fact]
    public void A_few_values_far_away_do_not_hide_the_others()
    {
        // Some missing times are written as 0: the standard deviation is then large, and rounding small beside it.
        var values = Enumerable.Range(0, 5000).Select(i => i % 500 == 0 ? "0" : Number(1.7e9 + i));
        var matrix = CsvText.Load(Text("time", values));
        Assert.InRange(matrix.Schema.ColumnOffsets[0], 1.69e9, 1.71e9);
        Assert.Equal(1.7e9 + 4321, matrix.Cells(4321)[0] + matrix.Schema.ColumnOffsets[0]);
    }

    [Fact]
    public void A_column_that_shows_its_need_late_is_read_again()
    {
        byte[] text = Encoding.ASCII.GetBytes(LateText());
        CsvReport? report = null;
        var matrix = FeatureMatrix.LoadCsv(new MemoryStream(text), options: new CsvOptions { Report = r => report = r });
        Assert.Equal(2, report!.PassCount);
        Assert.Empty(report.PrecisionLosses);
        Assert.InRange(matrix.Schema.ColumnOffsets[0], 4095, 4097);
        using var file = new TemporaryFile(text, ".csv");
        Assert.Equal(CsvText.Cells(matrix), CsvText.Cells(FeatureMatrix.LoadCsv(file.FilePath)));
    }

    [Fact]
    public void A_stream_that_cannot_be_read_again_tells_by_name()
    {
        byte[] text = Encoding.ASCII.GetBytes(LateText());
        var error = Assert.Throws<CsvFormatException>(() => FeatureMatrix.LoadCsv(new TrickleStream(text, 4000)));
        Assert.Equal("x", error.ColumnName);
        Assert.Contains("ColumnOffsets", error.Message, StringComparison.Ordinal);
        CsvReport? report = null;
        var matrix = FeatureMatrix.LoadCsv(new TrickleStream(text, 4000), options: new CsvOptions { Report = r => report = r });
        Assert.Equal(50_000, matrix.RowCount);
        var loss = Assert.Single(report!.PrecisionLosses);
        Assert.Equal("x", loss.Column);
        Assert.True(loss.RootMeanSquareError > 1e-4 * loss.StandardDeviation);
        Assert.InRange(loss.SuggestedOffset!.Value, 4095, 4097);
        var offsets = new Dictionary<string, double> { ["x"] = loss.SuggestedOffset.Value };
        Assert.Equal(50_000, FeatureMatrix.LoadCsv(new TrickleStream(text, 4000), options: new CsvOptions { ColumnOffsets = offsets }).RowCount);
    }

    [Fact]
    public void The_reader_measures_the_rows_given_out()
    {
        using var reader = CsvFeatureReader.Open(CsvText.Stream(LateText()));
        Assert.Empty(reader.PrecisionLosses);
        Assert.NotNull(reader.ReadBatch(4096));
        Assert.Empty(reader.PrecisionLosses);
        while (reader.ReadBatch(10_000) is not null)
        {
        }

        var loss = Assert.Single(reader.PrecisionLosses);
        double[] values = [.. LateValues()];
        double mean = values.Average();
        Assert.Equal(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), loss.StandardDeviation, 1e-9);
        Assert.Equal(Math.Sqrt(values.Average(v => Math.Pow(v - (float)v, 2))), loss.RootMeanSquareError, 1e-9);
    }

    [Fact]
    public void Given_offsets_are_used_and_automatic_ones_can_be_switched_off()
    {
        var offsets = new Dictionary<string, double> { ["a"] = 10 };
        var matrix = CsvText.Load("a,b\n11,12345678901\n12,12345678901\n", options: new CsvOptions { ColumnOffsets = offsets });
        Assert.Equal([10d, 12345678901d], matrix.Schema.ColumnOffsets.ToArray());
        Assert.Equal([1f, 0f, 2f, 0f], CsvText.Cells(matrix));
        Assert.False(CsvText.Load("a,b\n11,12345678901\n", options: new CsvOptions { AutomaticOffsets = false }).Schema.HasOffsets);
    }

    [Fact]
    public void Values_too_close_to_zero_are_told_with_another_remedy()
    {
        var values = Enumerable.Range(0, 100).Select(i => Number(i * 1e-50));
        var error = CsvText.Fails(Text("tiny", values));
        Assert.Equal("tiny", error.ColumnName);
        Assert.Contains("multiply", error.Message, StringComparison.Ordinal);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(string name, IEnumerable<string> values) => $"{name}\n{string.Join('\n', values)}\n";

    // A constant that float32 holds exactly, for longer than the reader looks at first, then small steps that it rounds.
    private static IEnumerable<double> LateValues() => Enumerable.Range(0, 50_000).Select(i => i < 6000 ? 4096 : 4096 + (0.01 * Math.Sin(i)));

    private static string LateText() => Text("x", LateValues().Select(Number));
}
