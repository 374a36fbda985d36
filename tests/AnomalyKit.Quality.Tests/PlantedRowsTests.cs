namespace AnomalyKit.Quality.Tests;

public class PlantedRowsTests
{
    /// <summary>Column 0 is 0 to 10, column 1 is a constant, column 2 is 0 or 100 in turn, column 3 is 0 to −10; every fourth row is an anomaly.</summary>
    private static readonly FeatureMatrix Data = FeatureMatrix.Wrap(
        Enumerable.Range(0, 44).SelectMany(i => new[] { i % 11, 7f, i % 2 * 100, -(i % 11) }).ToArray(),
        FeatureSchema.Unnamed(4),
        Enumerable.Range(0, 44).Select(i => i % 4 == 3).ToArray());

    private static readonly ColumnSpread[] Spreads = ColumnSpread.Of(Data);

    [Fact]
    public void Spreads_are_medians_and_robust_deviations() =>
        Assert.Equal([new(5, 3 * 1.4826), new(7, 0), new(50, 50 * 1.4826), new(-5, 3 * 1.4826)], Spreads);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Columns_of_normal_rows_are_moved_away_from_the_median(int columns)
    {
        var planted = PlantedRows.Draw(Data, Spreads, columns, double.PositiveInfinity, 20, seed: 1)!;
        Assert.Equal(20, planted.Rows.RowCount);
        var normal = Enumerable.Range(0, 44).Where(row => !Data.Labels.Span[row]).Select(row => Data.Cells(row).ToArray()).ToArray();
        for (int row = 0; row < 20; row++)
        {
            float[] moved = planted.Rows.Cells(row).ToArray();
            int[] causes = planted.Causes[row];
            Assert.Equal(columns, causes.Distinct().Count());
            Assert.DoesNotContain(1, causes);
            Assert.All(causes, column => Assert.True(Math.Abs(moved[column] - Spreads[column].Median) >= (5.999 * Spreads[column].Deviation)));
            Assert.Contains(normal, before => Enumerable.Range(0, 4).All(column => Math.Abs(Math.Abs(moved[column] - before[column]) - (causes.Contains(column) ? 6 * Spreads[column].Deviation : 0)) < 1e-3));
        }
    }

    [Fact]
    public void Rows_with_causes_of_their_own_are_left_out_and_impossible_draws_are_none()
    {
        Assert.Null(PlantedRows.Draw(Data, Spreads, 1, 0.5, 20, seed: 1));
        Assert.Null(PlantedRows.Draw(Data, Spreads, 3, double.PositiveInfinity, 20, seed: 1));
        var near = PlantedRows.Draw(Data, Spreads, 1, 1, 100, seed: 1)!;
        Assert.InRange(near.Rows.RowCount, 1, 32);
    }

    [Fact]
    public void A_cause_is_found_where_it_alone_has_the_greatest_contribution()
    {
        var planted = PlantedRows.Draw(Data, Spreads, 2, double.PositiveInfinity, 20, seed: 1)!;
        Assert.Equal(1, planted.Found(new Distances(cells => cells), 20, default));
        Assert.Equal(0, planted.Found(new Distances(_ => 0), 20, default));
        Assert.Equal(0, planted.Found(new Distances(cells => -cells), 20, default));
    }

    [Fact]
    public void Columns_that_lie_furthest_out_by_themselves_are_counted()
    {
        // 6 robust deviations lie beyond what is usual here, in which no cell is further than 5 / 4.4478 of them from its median.
        Assert.Equal(1, PlantedRows.Draw(Data, Spreads, 2, double.PositiveInfinity, 20, seed: 1)!.Furthest(Spreads));
        // Measured with wrong spreads, column 2 is always the furthest.
        ColumnSpread[] wrong = [Spreads[0], Spreads[1], new(-1e6, 1), Spreads[3]];
        var planted = PlantedRows.Draw(Data, Spreads, 1, double.PositiveInfinity, 20, seed: 1)!;
        Assert.Equal(planted.Causes.Count(causes => causes.Contains(2)) / 20.0, planted.Furthest(wrong));
    }

    [Fact]
    public void Shuffled_columns_keep_their_values_and_lose_their_relations()
    {
        var shuffled = ShuffledColumns.Of(Data, seed: 1);
        for (int column = 0; column < 4; column++)
            Assert.Equal(Enumerable.Range(0, 44).Select(row => Data.Cells(row)[column]).Order(), Enumerable.Range(0, 44).Select(row => shuffled.Cells(row)[column]).Order());
        // Column 3 is column 0 with another sign.
        Assert.All(Enumerable.Range(0, 44), row => Assert.Equal(Data.Cells(row)[0], -Data.Cells(row)[3]));
        Assert.InRange(Enumerable.Range(0, 44).Count(row => !Data.Labels.Span[row] && shuffled.Cells(row)[0] == -shuffled.Cells(row)[3]), 0, 15);
        Assert.All(Enumerable.Range(0, 44).Where(row => Data.Labels.Span[row]), row => Assert.Equal(Data.Cells(row).ToArray(), shuffled.Cells(row).ToArray()));
    }

    [Fact]
    public void Reasons_are_counted_where_they_are_exactly_the_columns_that_were_moved()
    {
        var random = new Random(1);
        var normal = FeatureMatrix.Wrap(Enumerable.Range(0, 3 * 400).Select(_ => (float)(random.NextDouble() + random.NextDouble())).ToArray(), FeatureSchema.Unnamed(3), new bool[400]);
        var planted = PlantedRows.Draw(normal, ColumnSpread.Of(normal), 1, double.PositiveInfinity, 30, seed: 1)!;
        var detector = new NearestNeighborsTrainer().Fit(normal);
        Assert.Equal(1, planted.Named(detector, default));
        var others = planted with { Causes = [.. planted.Causes.Select(causes => new[] { (causes[0] + 1) % 3 })] };
        Assert.Equal(0, others.Named(detector, default));
    }

    /// <summary>The distance of a cell from the median, in robust deviations, or what is made of it.</summary>
    private sealed class Distances(Func<double, double> map) : RowAttributor(Data.Schema, new AttributionOptions())
    {
        public override AttributionInfo Info { get; } = new("distances", "their sum", true, "this test");

        public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
        {
            for (int i = 0; i < contributions.Length; i++)
                contributions[i] = i % 4 == 1 ? map(0) : map(Math.Abs(rows.Cells[i] - Spreads[i % 4].Median) / Spreads[i % 4].Deviation);
        }
    }
}
