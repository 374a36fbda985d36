using AnomalyKit.Numerics;
using static AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Preparation;

public sealed class WeightTests
{
    public static TheoryData<MissingCells> Rules => [MissingCells.Median, MissingCells.Mean, MissingCells.MostFrequent];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_weight_counts_as_repeated_rows_do(MissingCells missing)
    {
        var preparation = new TablePreparation { Missing = missing, Categories = CategoryEncoding.Frequency, Dates = DateParts.Hour };
        for (ulong seed = 0; seed < 50; seed++)
        {
            var (table, weights) = Random(seed);
            int[] repeated = [.. Enumerable.Range(0, weights.Length).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
            var weighted = preparation.Fit(table.WithColumn(Numbers("w", weights), ColumnRole.Weight)).Apply(table);
            var expected = preparation.Fit(table.SelectRows(repeated)).Apply(table);
            Assert.Equal(expected.Schema.ColumnNames, weighted.Schema.ColumnNames);
            for (int row = 0; row < table.RowCount; row++)
            {
                for (int i = 0; i < expected.ColumnCount; i++)
                    Assert.Equal(expected.Cells(row)[i], weighted.Cells(row)[i], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(new[] { 0.2, 0.2, 0.2, 0.2, 0.2 }, 3)]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.6 }, 5)]
    [InlineData(new[] { 0.25, 0.25, 0.25, 0.25, 0 }, 2.5)]
    [InlineData(new[] { 3.0, 1, 1, 1, 0 }, 1.5)]
    [InlineData(new[] { 1e-9, 1e-9, 3e-9, 1e-9, 1e-9 }, 3)]
    public void The_median_does_not_depend_on_what_weights_sum_up_to(double[] weights, double expected)
    {
        foreach (double scale in (double[])[1, 8, 1.0 / 64])
        {
            var table = Of(Numbers("x", 1, 2, 3, 4, 5, double.NaN)).WithColumn(Numbers("w", [.. weights.Select(weight => weight * scale), scale]), ColumnRole.Weight);
            var fitted = new TablePreparation { Missing = MissingCells.Median }.Fit(table);
            Assert.Equal((float)expected, Cells(fitted.Apply(table), "x")[5]);
        }
    }

    [Fact]
    public void Weights_ride_along_and_are_checked()
    {
        var table = Of(Numbers("x", 1, 2, 3)).WithColumn(Numbers("w", 1, 0, 2.5), ColumnRole.Weight);
        var fitted = new TablePreparation().Fit(table);
        Assert.Equal([1, 0, 2.5], fitted.Apply(table).Weights.ToArray());
        foreach (double bad in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            var odd = Of(Numbers("x", 1, 2)).WithColumn(Numbers("w", 1, bad), ColumnRole.Weight);
            var exception = Assert.Throws<TableDataException>(() => new TablePreparation().Fit(odd));
            Assert.Equal((1, "w"), (exception.Row, exception.ColumnName));
        }

        Assert.Throws<TableDataException>(() => new TablePreparation().Fit(Of(Numbers("x", 1, 2)).WithColumn(Numbers("w", 0, 0), ColumnRole.Weight)));
    }

    private static (FeatureTable Table, double[] Weights) Random(ulong seed)
    {
        const int Rows = 12;
        var random = new CounterRandom(seed);
        // The first row is whole and counts, so that every column has a value.
        bool Gap(int row) => row > 0 && random.NextDouble() < 0.3;
        double[] weights = [.. Enumerable.Range(0, Rows).Select(row => row == 0 ? 1d : random.NextInt32(4))];
        var table = Of(
            Numbers("x", [.. Enumerable.Range(0, Rows).Select(row => Gap(row) ? double.NaN : random.NextInt32(5))]),
            Words("c", [.. Enumerable.Range(0, Rows).Select(row => Gap(row) ? null : new[] { "a", "b", "c" }[random.NextInt32(3)])]),
            Booleans("b", [.. Enumerable.Range(0, Rows).Select(row => (sbyte)(Gap(row) ? -1 : random.NextInt32(2)))]),
            Dates("d", [.. Enumerable.Range(0, Rows).Select(row => Gap(row) ? null : $"2024-01-01T{random.NextInt32(24):00}:00")]));
        return (table, weights);
    }
}
