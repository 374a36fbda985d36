using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text;
using AnomalyKit.Csv;

namespace AnomalyKit.Core.Tests.Tables.Csv;

/// <summary>Numbers that are read where they stand are those of <see cref="double.Parse(string)"/>, bit by bit.</summary>
public class NumberBytesTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("007")]
    [InlineData("1.5")]
    [InlineData("1234567")]
    [InlineData("12345678")]
    [InlineData("12345678.5")]
    [InlineData("123456789.5")]
    [InlineData("1234567890123456789")]
    [InlineData("0.123456789012345")]
    [InlineData("0.1234567890123456")]
    [InlineData("0.12345678901234567")]
    [InlineData("0.123456789012345678")]
    [InlineData("-1.3598071336738")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992.5")]
    [InlineData("1e5")]
    [InlineData("-1.25E-05")]
    [InlineData("1.7976931348623157E+17")]
    public void Plain_numbers_are_read_where_they_stand(string text)
    {
        long expected = BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture));
        foreach (string behind in (string[])["", ",", "\n", "\r\n", ",0.123456789012345678,1,2,3,4,5,6,7,8,9,10", "x", "\""])
        {
            foreach (string before in (string[])["", "1,", "0.5,12,", "1234567,0.123456789,", "9999999999999999999999"])
            {
                byte[] bytes = Encoding.ASCII.GetBytes(before + text + behind);
                int end = NumberBytes.Read(bytes, before.Length, out double value);
                Assert.Equal(before.Length + text.Length, end);
                Assert.Equal(expected, BitConverter.DoubleToInt64Bits(value));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("-.")]
    [InlineData("..5")]
    [InlineData("1..5")]
    [InlineData("x")]
    [InlineData(" 1")]
    [InlineData("\"1\"")]
    [InlineData("--1")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e-99")]
    [InlineData("12345678901234567890")]
    [InlineData("0.12345678901234567890")]
    [InlineData("NaN")]
    [InlineData(":;<=>?@/")]
    [InlineData("1.\u00001")]
    public void Other_texts_are_left_to_the_long_way(string text)
    {
        foreach (string behind in (string[])["", ",", "\n", ",0.123456789012345678,1,2,3,4,5,6,7,8,9,10"])
        {
            foreach (string before in (string[])["", "9999999999999999"])
                Assert.Equal(-1, NumberBytes.Read(Encoding.ASCII.GetBytes(before + text + behind), before.Length, out _));
        }
    }

    [Fact]
    public void Random_texts_are_read_as_by_the_reference()
    {
        var random = new Random(20261129);
        int numbers = 0;
        for (int i = 0; i < 200_000; i++)
        {
            int start = random.Next(40);
            byte[] bytes = Encoding.ASCII.GetBytes(new string('7', start) + RandomText(random, i) + new string(',', random.Next(40)));
            int end = NumberBytes.Read(bytes, start, out double value);
            if (end < 0)
                continue;
            numbers++;
            string taken = Encoding.ASCII.GetString(bytes, start, end - start);
            Assert.True(CellParser.Reference(taken, out double expected), taken);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
            Assert.False(end < bytes.Length && char.IsAsciiDigit((char)bytes[end]) && !taken.Contains('e', StringComparison.OrdinalIgnoreCase), taken);
        }

        // Most of them go the short way.
        Assert.InRange(numbers, 100_000, 200_000);
    }

    [Fact]
    public void Lanes_read_what_words_read()
    {
        if (!Avx2.IsSupported)
            return;
        var random = new Random(7);
        byte[] bytes = new byte[96];
        for (int i = 0; i < 200_000; i++)
        {
            // Whatever lies around the window, digits too, is no part of the number.
            foreach (ref byte one in bytes.AsSpan())
                one = (byte)"0123456789.-e,\n\"\u0080"[random.Next(17)];
            string text = RandomText(random, i);
            Encoding.ASCII.GetBytes(text, bytes.AsSpan(16));
            bytes[16 + text.Length] = (byte)(i % 3 == 0 ? '\n' : ',');
            int expected = NumberBytes.ReadWords(ref bytes[16], out double word);
            int actual = NumberBytes.ReadLanes(ref bytes[16], out double lane);
            Assert.Equal(expected, actual);
            if (expected > 0)
                Assert.Equal(BitConverter.DoubleToInt64Bits(word), BitConverter.DoubleToInt64Bits(lane));
        }
    }

    private static string RandomText(Random random, int i)
    {
        const string Marks = "0123456789.-e,\n";
        return (i % 4) switch
        {
            0 => ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 12))).ToString("R", CultureInfo.InvariantCulture),
            1 => (random.NextInt64() >> random.Next(63)).ToString(CultureInfo.InvariantCulture),
            2 => ((random.NextDouble() - 0.5) * 2000).ToString("F" + random.Next(1, 19), CultureInfo.InvariantCulture),
            _ => new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => Marks[random.Next(Marks.Length)])]),
        };
    }
}
