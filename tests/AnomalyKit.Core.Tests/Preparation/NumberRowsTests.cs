using AnomalyKit.Numerics;
using AnomalyKit.Preparation;

namespace AnomalyKit.Core.Tests.Preparation;

/// <summary>Whole rows in vectors become what they become cell by cell.</summary>
public sealed class NumberRowsTests
{
    public static TheoryData<int, bool, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, bool, string>();
            foreach (int columns in (int[])[1, 2, 7, 8, 30, 255, 256, 257, 3000])
            {
                foreach (bool hasOffsets in (bool[])[false, true])
                {
                    foreach (string missing in (string[])["none", "fill", "native"])
                        cases.Add(columns, hasOffsets, missing);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cells_are_those_of_the_encoders_to_the_bit(int columns, bool hasOffsets, string missing)
    {
        foreach (int rows in (int[])[1, 3, 17, 100])
        {
            var encoders = Encoders(columns, hasOffsets, missing);
            double[] values = Values(rows, columns, missing != "none");
            float[] expected = new float[values.Length];
            for (int i = 0; i < columns; i++)
                encoders[i].EncodeValues(values.AsSpan(Math.Min(i, values.Length)), columns, new RowCells(expected, columns, i, 0, rows, 0));
            float[] cells = new float[values.Length];
            Assert.True(NumberRows.Of(encoders, Order(columns), columns)!.TryEncode(values, cells));
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), cells.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [InlineData("none", double.NaN)]
    [InlineData("none", double.PositiveInfinity)]
    [InlineData("fill", double.NegativeInfinity)]
    [InlineData("native", 1e300)]
    public void A_value_that_cannot_be_used_is_left_to_the_encoders(string missing, double odd)
    {
        const int Columns = 30;
        double[] values = Values(200, Columns, hasMissing: false);
        foreach (int at in (int[])[0, 29, 30, 3001, values.Length - 1])
        {
            double[] changed = [.. values];
            changed[at] = odd;
            Assert.False(NumberRows.Of(Encoders(Columns, hasOffsets: true, missing), Order(Columns), Columns)!.TryEncode(changed, new float[values.Length]));
        }
    }

    [Fact]
    public void Columns_that_are_left_out_or_have_another_place_or_kind_are_not_taken()
    {
        ColumnEncoder[] encoders = Encoders(3, hasOffsets: false, "none");
        Assert.NotNull(NumberRows.Of(encoders, [0, 1, 2], 3));
        Assert.Null(NumberRows.Of(encoders, [0, 2, 1], 3));
        Assert.Null(NumberRows.Of(encoders, [0, 1, 2], 4));
        encoders[1] = new IndicatorEncoder("x1", ColumnKind.Number);
        Assert.Null(NumberRows.Of(encoders, [0, 1, 2], 3));
    }

    private static int[] Order(int columns) => [.. Enumerable.Range(0, columns)];

    private static ColumnEncoder[] Encoders(int columns, bool hasOffsets, string missing) => [.. Enumerable.Range(0, columns).Select(i => new NumberEncoder(
        $"x{i}", hasOffsets ? i * 1e6 : 0, missing switch { "none" => CellFill.Refused, "native" => CellFill.Native, _ => CellFill.With(i) }))];

    private static double[] Values(int rows, int columns, bool hasMissing)
    {
        var random = new CounterRandom(5);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            double value = random.NextGaussian() * Math.Pow(10, random.NextInt32(12) - 6);
            values[i] = hasMissing && random.NextInt32(5) == 0 ? double.NaN : random.NextInt32(50) == 0 ? -0.0 : value;
        }

        return values;
    }
}
