namespace AnomalyKit.Core.Tests.Inspection;

/// <summary>Curved relations are told from straight ones, and the advice follows them.</summary>
public sealed class RelationShapeTests
{
    private const string Straight = "The elliptic envelope looks for such rows (--detector elliptic-envelope).";

    [Theory]
    [InlineData(20, 1000)]
    [InlineData(100, 400)]
    [InlineData(100, 5000)]
    [InlineData(200, 2000)]
    public void The_power_curve_of_a_turbine_is_curved(double noise, int rows)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            double[] wind = [.. Enumerable.Range(0, rows).Select(_ => 8.8 * Math.Sqrt(-Math.Log(1 - random.NextDouble())))];
            double[] power = [.. wind.Select(speed => Math.Min(2000, Power(speed) + (Power(speed) > 0 ? noise * Normal(random) : 0)))];
            var inspection = TableInspection.Of(new FeatureTable(Column("wind", wind), Column("power", power)));
            Assert.True(Assert.Single(inspection.Correlations.Pairs).IsCurved);
            var finding = Assert.Single(inspection.Findings, finding => finding.Kind == InspectionFindingKind.CorrelatedColumns);
            Assert.Contains("This relation is curved, and local outlier factor looks for rows that leave a curve (--detector local-outlier-factor --set Scaling=standard).", finding.Advice, StringComparison.Ordinal);
            Assert.DoesNotContain(Straight, finding.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("noise")]
    [InlineData("both noisy")]
    [InlineData("long tail")]
    [InlineData("noise that grows")]
    [InlineData("exponential")]
    [InlineData("two groups")]
    [InlineData("even")]
    [InlineData("few values")]
    [InlineData("falling")]
    [InlineData("far values")]
    public void Straight_relations_keep_their_advice(string kind)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            foreach (int rows in (int[])[60, 200, 700, 4096])
            {
                var random = new Random(seed);
                var points = Enumerable.Range(0, rows).Select(row => Point(kind, row, random)).ToArray();
                var inspection = TableInspection.Of(new FeatureTable(Column("x", points.Select(point => point.X)), Column("y", points.Select(point => point.Y))));
                Assert.False(Assert.Single(inspection.Correlations.Pairs).IsCurved, $"{kind}, seed {seed}, {rows} rows");
                Assert.Contains(Straight, Assert.Single(inspection.Findings, finding => finding.Kind == InspectionFindingKind.CorrelatedColumns).Advice, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Columns_that_know_nothing_of_each_other_are_no_relation()
    {
        var random = new Random(5);
        var table = new FeatureTable(Enumerable.Range(0, 6).Select(i => Column($"c{i}", Enumerable.Range(0, 2000).Select(_ => i % 2 == 0 ? Normal(random) : Math.Exp(Normal(random))))));
        Assert.Empty(TableInspection.Of(table).Correlations.Pairs);
        Assert.DoesNotContain(TableInspection.Of(table).Findings, finding => finding.Kind == InspectionFindingKind.CorrelatedColumns);
    }

    [Fact]
    public void Of_many_columns_the_curved_pair_is_named()
    {
        var random = new Random(3);
        double[] wind = [.. Enumerable.Range(0, 3000).Select(_ => 3 + (9 * random.NextDouble()))];
        var table = new FeatureTable(
            Column("wind", wind),
            Column("rotor", wind.Select(speed => (1.5 * speed) + (0.3 * Normal(random)))),
            Column("power", wind.Select(speed => Power(speed) + (30 * Normal(random)))));
        var inspection = TableInspection.Of(table);
        Assert.Equal([false, true, true], inspection.Correlations.Pairs.OrderBy(pair => pair.IsCurved).Select(pair => pair.IsCurved));
        Assert.Matches("The relation of '(wind|rotor)' and 'power' is curved, and local outlier factor", inspection.Findings.Single().Advice);
    }

    [Fact]
    public void Missing_cells_and_the_order_of_the_rows_change_nothing()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 1500).Select(row => row % 5 == 0 ? double.NaN : random.NextDouble())];
        double[] y = [.. x.Select((value, row) => row % 7 == 0 ? double.NaN : -Math.Pow(value, 3))];
        foreach (bool isReversed in (bool[])[false, true])
        {
            var table = new FeatureTable(Column("x", isReversed ? x.Reverse() : x), Column("y", isReversed ? y.Reverse() : y));
            Assert.True(Assert.Single(TableInspection.Of(table).Correlations.Pairs).IsCurved);
        }
    }

    private static DoubleColumn Column(string name, IEnumerable<double> values) => new(name, values.ToArray());

    private static (double X, double Y) Point(string kind, int row, Random random)
    {
        double cause = Normal(random);
        switch (kind)
        {
            case "exact":
                return (cause, (3 * cause) - 1);
            case "noise":
                return (cause, cause + (0.6 * Normal(random)));
            case "both noisy":
                return (cause + (0.4 * Normal(random)), cause + (0.4 * Normal(random)));
            case "long tail":
                return (Math.Exp(cause), (2 * Math.Exp(cause)) + Normal(random));
            case "noise that grows":
                return (Math.Exp(cause), 2 * Math.Exp(cause + (0.3 * Normal(random))));
            case "exponential":
                double waited = -Math.Log(1 - random.NextDouble());
                return (waited, waited + (0.4 * Normal(random)));
            case "two groups":
                double place = row % 2;
                return (place + (0.15 * Normal(random)), place + (0.15 * Normal(random)));
            case "even":
                double even = random.NextDouble();
                return (even, even + (0.2 * Normal(random)));
            case "few values":
                int items = random.Next(1, 7);
                return (items, (items * 10) + (4 * Normal(random)));
            case "falling":
                return (cause, -cause + (0.5 * Normal(random)));
            default:
                return row % 50 == 7 ? (1e6 * cause, -1e5) : (cause, cause + (0.3 * Normal(random)));
        }
    }

    /// <summary>Nothing below 3 m/s, and 2,000 kW from 12 m/s on.</summary>
    private static double Power(double wind) => 2000 * Math.Pow(Math.Clamp((wind - 3) / 9, 0, 1), 2.2);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
