using AnomalyKit.Explaining;

namespace AnomalyKit.Core.Tests.Explaining;

/// <summary>Numbers of rows are written so that people find them in the row; statistics are rounded.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData(1150.31, "1150.31")]
    [InlineData(-12.3456, "-12.3456")]
    [InlineData(9999999999.99, "9999999999.99")]
    [InlineData(0.00012345678, "0.00012345678")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(4195.0, "4195")]
    [InlineData(20260826123500.0, "20260826123500")]
    [InlineData(-0.0, "0")]
    public void A_double_reads_back_as_it_was(double number, string text)
    {
        Assert.Equal(text, NumberText.Full(number));
        Assert.Equal(number, double.Parse(NumberText.Full(number), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1150.31f, "1150.31")]
    [InlineData(0.1f, "0.1")]
    [InlineData(123456.79f, "123456.79")]
    public void A_float32_reads_back_as_it_was(float number, string text) => Assert.Equal(text, NumberText.Full(number));

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(2.0 / 3, "0.666666667")]
    [InlineData(1700000000 + 0.1234567, "1700000000.12")]
    public void What_computing_leaves_is_cut(double number, string text) => Assert.Equal(text, NumberText.Full(number));

    [Fact]
    public void A_statistic_has_five_digits()
    {
        Assert.Equal("1150.3", NumberText.Rounded(1150.31));
        Assert.Equal("123456", NumberText.Rounded(123456));
    }

    [Theory]
    [InlineData(12.3456, 4750, "12.3")]
    [InlineData(12.3456, 12.36, "12.346")]
    [InlineData(-0.0012345, 1, "-0.00123")]
    [InlineData(123456.7, 100000, "123000")]
    [InlineData(123456.7, 123450, "123456.7")]
    [InlineData(99.96, 50, "100")]
    [InlineData(1e-17, 5, "0")]
    [InlineData(0, 5, "0")]
    [InlineData(5, 5, "5")]
    [InlineData(2e-7, 0, "2E-07")]
    [InlineData(7, double.NaN, "7")]
    public void An_expected_number_has_the_digits_that_tell_it_from_the_other(double number, double other, string text) => Assert.Equal(text, NumberText.About(number, other));
}
