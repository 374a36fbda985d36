using System.Globalization;
using AnomalyKit.Csv;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AnomalyKit.Tests.Csv;

public class CellParserTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("00012.50")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("-.")]
    [InlineData("+1")]
    [InlineData("1..2")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("1E-5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1 2")]
    [InlineData(" 12\t")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740995.0")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("18446744073709551616")]
    [InlineData("0.0000000000000000000000000000000001")]
    [InlineData("0.00000000000000000009007199254740992")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("１２")]
    [InlineData("1,234")]
    [InlineData("1e022")]
    [InlineData("1e-99")]
    [InlineData("1e--1")]
    [InlineData("1e+-1")]
    [InlineData("1e1.5")]
    [InlineData("9007199254740993e22")]
    [InlineData("9999999999999999999e-27")]
    [InlineData("-0e5")]
    [InlineData("0e-99")]
    public void Special_texts_are_parsed_as_by_the_reference(string text) => AssertSame(text);

    [Fact]
    public void Millions_of_decimals_are_parsed_bit_by_bit_as_by_the_reference()
    {
        var random = new Random(11);
        Span<char> buffer = stackalloc char[64];
        int count = Hostility.IsLong ? 50_000_000 : 2_000_000;
        for (int i = 0; i < count; i++)
            AssertSame(buffer[..RandomDecimal(random, buffer)]);
    }

    /// <summary>Numbers on, just below and just above the middle between two doubles, where rounding is decided in the last bit.</summary>
    [Fact]
    public void Halfway_cases_are_rounded_as_by_the_reference()
    {
        var random = new Random(13);
        Span<char> buffer = stackalloc char[64];
        for (int i = 0; i < 200_000; i++)
        {
            // Odd multiples of 2^(shift − 1) beyond 2^53 lie half way between doubles; with a fraction they do so in fives.
            int shift = random.Next(1, 10);
            ulong middle = ((((1UL << 52) | ((ulong)random.NextInt64() & ((1UL << 52) - 1))) << 1) + 1) << (shift - 1);
            ulong number = random.Next(3) switch { 0 => middle, 1 => middle - 1, _ => middle + 1 };
            number.TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture);
            AssertSame(buffer[..length]);
            int point = random.Next(1, length);
            buffer[point..length].CopyTo(buffer[(point + 1)..]);
            buffer[point] = '.';
            AssertSame(buffer[..(length + 1)]);
        }
    }

    [Fact]
    public void Doubles_of_every_magnitude_are_parsed_back_bit_by_bit()
    {
        var random = new Random(12);
        Span<char> buffer = stackalloc char[400];
        string?[] formats = ["R", "F3", "F12", "E4", "E15", "G15", "G16"];
        for (int i = 0; i < 300_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (i % 2 == 0)
                value = Math.ScaleB((random.NextDouble() * 2) - 1, random.Next(-20, 60));
            string? format = Math.Abs(value) < 1e30 ? formats[i % formats.Length] : "R";
            if (value.TryFormat(buffer, out int length, format, CultureInfo.InvariantCulture))
                AssertSame(buffer[..length]);
        }
    }

    [Property(MaxTest = 500)]
    public Property Doubles_written_in_full_are_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat[]>().Filter(values => values.Length > 0),
        values =>
        {
            double[] numbers = [.. values.Select(value => value.Item).Where(value => Math.Abs(value) < float.MaxValue)];
            string text = "x,y\n" + string.Concat(numbers.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value:R},1\n")));
            var matrix = CsvText.Load(text, options: new CsvOptions { AutomaticOffsets = false });
            return matrix.RowCount == numbers.Length
                && numbers.Select((value, row) => matrix.Cells(row)[0].Equals((float)value)).All(same => same);
        });

    [Property(MaxTest = 200)]
    public Property Automatic_offsets_lose_nothing_that_matters() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat[]>().Filter(values => values.Length > 1),
        values =>
        {
            double[] numbers = [.. values.Select(value => value.Item).Where(value => Math.Abs(value) is < 1e30 and (> 1e-30 or 0))];
            if (numbers.Length == 0)
                return true;
            string text = "x\n" + string.Concat(numbers.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value:R}\n")));
            var matrix = CsvText.Load(text);
            double offset = matrix.Schema.ColumnOffsets[0];
            double mean = numbers.Average();
            double deviation = Math.Sqrt(numbers.Average(value => (value - mean) * (value - mean)));
            double error = Math.Sqrt(numbers.Select((value, row) => Math.Pow(value - offset - matrix.Cells(row)[0], 2)).Average());
            return error <= 1.001e-4 * deviation;
        });

    private static int RandomDecimal(Random random, Span<char> buffer)
    {
        int length = 0;
        if (random.Next(3) == 0)
            buffer[length++] = '-';
        int digits = random.Next(1, 24);
        int point = random.Next(-1, digits + 1);
        for (int i = 0; i < digits; i++)
        {
            if (i == point)
                buffer[length++] = '.';
            // Runs of zeros and nines lie near the halfway cases.
            buffer[length++] = random.Next(6) switch { 0 => '0', 1 => '9', _ => (char)('0' + random.Next(10)) };
        }

        if (random.Next(6) == 0)
        {
            buffer[length++] = random.Next(2) == 0 ? 'e' : 'E';
            if (random.Next(2) == 0)
                buffer[length++] = random.Next(2) == 0 ? '-' : '+';
            buffer[length++] = (char)('0' + random.Next(10));
            if (random.Next(2) == 0)
                buffer[length++] = (char)('0' + random.Next(10));
        }

        return length;
    }

    private static void AssertSame(ReadOnlySpan<char> text)
    {
        bool expectedOk = CellParser.Reference(text, out double expected);
        bool ok = CellParser.TryParse(text, out double actual);
        if (ok != expectedOk || (ok && BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(actual)))
            Assert.Fail($"'{text}' gives {(ok ? $"{actual:R}" : "nothing")}; expected {(expectedOk ? $"{expected:R}" : "nothing")}.");
    }
}
