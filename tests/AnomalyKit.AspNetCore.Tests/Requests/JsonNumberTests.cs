using System.Globalization;
using System.Text;
using AnomalyKit.Serving.Numbers;
using FsCheck.Xunit;

namespace AnomalyKit.Tests.Requests;

public sealed class JsonNumberTests
{
    [Property(MaxTest = 3000)]
    public void Numbers_are_read_as_the_runtime_reads_them(long digits, byte point, bool isShort)
    {
        string text = (isShort ? digits % 1_000_000 : digits).ToString(CultureInfo.InvariantCulture);
        int at = text.Length - (point % text.Length);
        if (at < text.Length && at > (text[0] == '-' ? 1 : 0))
            text = text.Insert(at, ".");
        if (JsonNumber.TryParsePlain(Encoding.ASCII.GetBytes(text), out double value))
            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0", true)]
    [InlineData("-0.0", true)]
    [InlineData("0.1", true)]
    [InlineData("9007199254740992", true)]
    [InlineData("9007199254740993", false)]
    [InlineData("0.000000000000000001", true)]
    [InlineData("1234567890.1234567", false)]
    [InlineData("18446744073709551617", false)]
    [InlineData("-18446744073709551617", false)]
    [InlineData("184467440737095516170000", false)]
    [InlineData("1e5", false)]
    [InlineData("", true)]
    public void What_is_not_plain_is_left_to_the_runtime(string text, bool isPlain)
    {
        Assert.Equal(isPlain, JsonNumber.TryParsePlain(Encoding.ASCII.GetBytes(text), out double value));
        if (isPlain && text.Length > 0)
            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }
}
