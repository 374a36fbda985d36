using System.Globalization;
using System.Numerics;
using AnomalyKit.Csv;

namespace AnomalyKit.Tests.Csv;

/// <summary>Numbers with more digits than a double keeps.</summary>
public class CsvPrecisionTests
{
    [Theory]
    [InlineData("1234567890123450000", 50)]
    [InlineData("12345678901234567", 1)]
    [InlineData("9007199254740993", 1)]
    [InlineData("-9223372036854775807", 3)]
    [InlineData("123456789012345678901234567890", 1)]
    public void Identifiers_that_collapse_are_named(string first, long step)
    {
        var start = BigInteger.Parse(first, CultureInfo.InvariantCulture);
        string[] numbers = [.. Enumerable.Range(0, 300).Select(i => (start + (i * step)).ToString(CultureInfo.InvariantCulture))];
        AssertNamed(numbers);
        AssertNamed([.. numbers.Select(number => number + ".0")]);
        // Missing identifiers are often written as 0.
        AssertNamed([.. numbers.Select((number, i) => i % 50 == 0 ? "0" : number)]);
        AssertNamed([.. numbers.Select(number => " " + number + " ")]);
    }

    [Theory]
    [InlineData("0.1234567890123456", 20)]
    [InlineData("-123.45678901234567", 25)]
    [InlineData("1.00000000000000000", 22)]
    public void Decimals_that_collapse_are_named(string start, int digits) =>
        AssertNamed([.. Enumerable.Range(0, 300).Select(i => start.PadRight(digits, '0') + i.ToString("D3", CultureInfo.InvariantCulture))]);

    [Fact]
    public void Decimals_of_17_digits_that_collapse_are_named() =>
        AssertNamed([.. Enumerable.Range(0, 300).Select(i => $"12345678.901234{567 + i}")]);

    [Fact]
    public void The_error_is_that_of_the_text()
    {
        // Steps of 50 between multiples of 256: the error is that of a number in the text against the double nearest to it.
        BigInteger[] numbers = [.. Enumerable.Range(0, 300).Select(i => new BigInteger(1234567890123450000L + (i * 50)))];
        double mean = numbers.Average(number => (double)(number - numbers[0]));
        double deviation = Math.Sqrt(numbers.Average(number => Math.Pow((double)(number - numbers[0]) - mean, 2)));
        double error = Math.Sqrt(numbers.Average(number => Math.Pow((double)(new BigInteger(Nearest(number)) - number), 2)));
        var loss = Assert.Single(Losses([.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]));
        Assert.Equal(deviation, loss.StandardDeviation, 1e-9 * deviation);
        Assert.Equal(error, loss.RootMeanSquareError, 1e-3 * error);
        Assert.Equal(59, numbers.Select(Nearest).Distinct().Count());
    }

    [Theory]
    [InlineData("1700000000000000000", 1_000_000_000L)]
    [InlineData("1234567890123456789", 0L)]
    [InlineData("9007199254740992", 2L)]
    public void Long_numbers_whose_spread_is_kept_are_not_named(string first, long step)
    {
        var start = BigInteger.Parse(first, CultureInfo.InvariantCulture);
        Assert.Empty(Losses([.. Enumerable.Range(0, 300).Select(i => (start + (i * new BigInteger(step))).ToString(CultureInfo.InvariantCulture))]));
    }

    [Theory]
    [InlineData("R")]
    [InlineData("F20")]
    [InlineData("E25")]
    public void Doubles_written_in_full_lose_nothing(string format)
    {
        var random = new Random(4);
        Assert.Empty(Losses([.. Enumerable.Range(0, 5000).Select(_ => (random.NextDouble() - 0.3).ToString(format, CultureInfo.InvariantCulture))]));
    }

    [Fact]
    public void Doubles_close_together_written_in_their_fewest_digits_lose_nothing()
    {
        // 100 neighbouring doubles: the text differs from each by up to half a unit, but no two become one.
        long bits = BitConverter.DoubleToInt64Bits(0.1);
        var numbers = new List<string>();
        for (int i = 0; i < 20_000; i++)
            numbers.Add(BitConverter.Int64BitsToDouble(bits + (i * 37 % 100)).ToString("R", CultureInfo.InvariantCulture));
        Assert.Equal(100, numbers.Distinct().Count());
        Assert.Empty(Losses([.. numbers]));
    }

    [Fact]
    public void Identifiers_that_come_late_are_named()
    {
        var random = new Random(2);
        AssertNamed([.. Enumerable.Range(0, 20_000).Select(i => (i < 10_000 ? 1234567890123450000 : 1234567890123450000 + random.Next(5000)).ToString(CultureInfo.InvariantCulture))]);
    }

    [Theory]
    [InlineData("0.1", 10_007)]
    [InlineData("0.10000000000000000555", 10_007)]
    [InlineData("1234567.1", 5003)]
    [InlineData("0.3", 9_999)]
    [InlineData("12345678901234567891", 6_001)]
    public void A_constant_column_loses_nothing(string value, int rows) => Assert.Empty(Losses([.. Enumerable.Repeat(value, rows)]));

    [Fact]
    public void The_rest_of_a_number_is_what_its_double_leaves_out()
    {
        var random = new Random(9);
        for (int i = 0; i < 200_000; i++)
        {
            int length = random.Next(16, 30);
            string digits = string.Concat(Enumerable.Range(0, length).Select(j => (char)('0' + (j == 0 ? random.Next(1, 10) : random.Next(10)))));
            int decimals = random.Next(0, Math.Min(length, 20));
            string text = decimals == 0 ? digits : digits.Insert(length - decimals, ".");
            text = (i % 2 == 0 ? "" : "-") + text;
            Assert.True(CellParser.TryParse(text, out double value, out double rest));
            double expected = Rest(text, decimals, value);
            // Of numbers of up to 2⁵³ without their point nothing is said.
            if (BigInteger.Parse(digits, CultureInfo.InvariantCulture) <= 1L << 53)
                continue;
            double unit = Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
            double tolerance = decimals == 0 && length <= 19 ? 1e-15 : 0.004;
            Assert.True(Math.Abs(rest - expected) <= tolerance * unit, $"{text}: {rest:R} instead of {expected:R}");
        }
    }

    // Number − value, exactly: both times 10^decimals and 2^1074 would be whole; a power that suits these sizes is enough.
    private static double Rest(string text, int decimals, double value)
    {
        var number = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var scale = BigInteger.One << 200;
        var ten = BigInteger.Pow(10, decimals);
        var whole = new BigInteger(Math.ScaleB(value, 200));
        return (double)((number * scale) - (whole * ten)) / (double)ten / (double)scale;
    }

    // The conversion of a BigInteger cuts.
    private static double Nearest(BigInteger number) => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void AssertNamed(string[] numbers)
    {
        var loss = Assert.Single(Losses(numbers));
        Assert.Equal("id", loss.Column);
        Assert.True(loss.IsBeyondDouble);
        Assert.Null(loss.SuggestedOffset);
        var error = CsvText.Fails(Text(numbers));
        Assert.Equal("id", error.ColumnName);
        Assert.Contains("IgnoreColumns", error.Message, StringComparison.Ordinal);
        Assert.Contains("more digits than a double keeps", error.Message, StringComparison.Ordinal);
        using var reader = CsvFeatureReader.Open(CsvText.Stream(Text(numbers)));
        while (reader.ReadBatch(100) is not null)
        {
        }

        Assert.Equal([loss], reader.PrecisionLosses);
    }

    private static IReadOnlyList<PrecisionLoss> Losses(string[] numbers)
    {
        CsvReport? report = null;
        CsvText.Load(Text(numbers), options: new CsvOptions { Report = r => report = r });
        return report!.PrecisionLosses;
    }

    private static string Text(string[] numbers) => $"id,x\n{string.Concat(numbers.Select((number, i) => $"{number},{i % 7}\n"))}";
}
