using System.Text.Json;

namespace AnomalyKit.Core.Tests.Inspection;

/// <summary>Columns that move together are found by their ranks, in a sample of rows and columns that is bounded.</summary>
public sealed class CorrelationTests
{
    [Fact]
    public void Columns_that_move_together_are_named_with_the_detector_that_looks_for_it()
    {
        double[] noise = Normal(1, 1000);
        double[] speed = Normal(2, 1000);
        var table = new FeatureTable(
            Column("speed", speed),
            Column("other", noise),
            Column("current", [.. speed.Zip(Normal(3, 1000), (x, e) => Math.Exp(-x) + (0.01 * e))]));
        var inspection = TableInspection.Of(table);
        var finding = Assert.Single(inspection.Findings);
        Assert.Equal(InspectionFindingKind.CorrelatedColumns, finding.Kind);
        Assert.Equal(["speed", "current"], finding.ColumnNames);
        Assert.Matches("^Columns 'speed' and 'current' move together: their rank correlation is -(1.00|0.99)\\.$", finding.Message);
        Assert.Contains("This relation is curved, and local outlier factor looks for", finding.Advice, StringComparison.Ordinal);
        Assert.False(finding.BlocksFit);
        var pair = Assert.Single(inspection.Correlations.Pairs);
        Assert.Equal((3, 3, 1000, 1), (inspection.Correlations.ComparedColumnCount, inspection.Correlations.ComparableColumnCount, inspection.Correlations.RowCount, inspection.Correlations.PairCount));
        Assert.Equal(Spearman(speed, ((DoubleColumn)table["current"]).Cells.ToArray()), pair.RankCorrelation, 1e-12);
    }

    [Fact]
    public void Far_values_hide_no_relation_and_make_none()
    {
        double[] x = Normal(1, 500);
        double[] y = [.. x.Zip(Normal(2, 500), (a, e) => a + (0.2 * e))];
        double[] z = Normal(3, 500);
        (x[7], y[7], z[7]) = (1e9, -1e9, 1e9);
        var pair = Assert.Single(TableInspection.Of(new FeatureTable(Column("x", x), Column("y", y), Column("z", z))).Correlations.Pairs);
        Assert.Equal(("x", "y"), (pair.FirstColumn, pair.SecondColumn));
    }

    [Fact]
    public void Many_sensors_that_follow_one_cause_are_one_finding()
    {
        double[] cause = Normal(9, 800);
        var sensors = Enumerable.Range(0, 24).Select(i => Column($"s{i}", [.. cause.Zip(Normal(10 + i, 800), (x, e) => x + (0.4 * e))]));
        var finding = Assert.Single(TableInspection.Of(new FeatureTable([.. sensors, Column("alone", Normal(99, 800))])).Findings);
        Assert.Equal(24, finding.ColumnNames.Count);
        Assert.StartsWith("24 columns move together, each with at least one of the others: 's0', 's1', 's2', 's3', 's4' and 19 more; most closely '", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_one_of_the_values_are_left_out()
    {
        double[] x = Normal(1, 400);
        double[] y = [.. x.Zip(Normal(2, 400), (a, e) => a + (0.3 * e))];
        double[] gapsX = [.. x.Select((value, row) => row % 3 == 0 ? double.NaN : value)];
        double[] gapsY = [.. y.Select((value, row) => row % 4 == 0 ? double.NaN : value)];
        var pair = Assert.Single(TableInspection.Of(new FeatureTable(Column("x", gapsX), Column("y", gapsY))).Correlations.Pairs);
        Assert.Equal(Enumerable.Range(0, 400).Count(row => row % 3 != 0 && row % 4 != 0), pair.RowCount);
        Assert.InRange(pair.RankCorrelation, 0.93, 0.98);
        // Too few rows are common: of these nothing is said.
        double[] rare = [.. x.Select((value, row) => row < 49 ? value : double.NaN)];
        Assert.Empty(TableInspection.Of(new FeatureTable(Column("x", rare), Column("y", y))).Correlations.Pairs);
    }

    [Fact]
    public void Chance_copies_constants_and_row_numbers_are_no_relations()
    {
        double[] x = Normal(1, 300);
        var table = new FeatureTable(
            [.. Enumerable.Range(0, 60).Select(i => Column($"c{i}", Normal(100 + i, 300))),
                Column("x", x),
                Column("copy", x),
                Column("constant", new double[300]),
                Column("seldom", [.. Enumerable.Range(0, 300).Select(i => i == 7 ? 5.0 : 0)]),
                Column("seldom too", [.. Enumerable.Range(0, 300).Select(i => i == 7 ? 9.0 : 1)]),
                new Int64Column("number", Enumerable.Range(0, 300).Select(i => (long)i).ToArray()),
                Column("trend", [.. Enumerable.Range(0, 300).Select(i => Math.Sqrt(i))])]);
        var inspection = TableInspection.Of(table);
        Assert.Empty(inspection.Correlations.Pairs);
        Assert.Equal(64, inspection.Correlations.ComparedColumnCount);
        Assert.DoesNotContain(inspection.Findings, finding => finding.Kind == InspectionFindingKind.CorrelatedColumns);
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    public void Long_tables_are_sampled_alike_whatever_their_batches_are(int rows)
    {
        double[] x = Normal(1, rows);
        double[] y = [.. x.Zip(Normal(2, rows), (a, e) => a + (0.8 * e))];
        double expected = Spearman(x, y);
        var table = new FeatureTable(Column("x", x), Column("y", y));
        var inspection = TableInspection.Of(table);
        var pair = Assert.Single(inspection.Correlations.Pairs);
        Assert.Equal(Math.Min(rows, 4_096), inspection.Correlations.RowCount);
        Assert.InRange(pair.RankCorrelation, expected - 0.05, expected + 0.05);
        Assert.EndsWith(rows > 4_096 ? " in a sample of 4,096 rows." : $"{pair.RankCorrelation:0.00}.", inspection.Findings.Single().Message, StringComparison.Ordinal);
        // A wide table has smaller batches, and one thread is enough.
        var wide = new FeatureTable([.. table.Columns, .. Enumerable.Range(0, 900).Select(i => new BooleanColumn($"b{i}", new sbyte[rows]))]);
        Assert.Equal(pair, Assert.Single(TableInspection.Of(wide, new InspectionOptions { MaxDegreeOfParallelism = 1 }).Correlations.Pairs));
    }

    [Fact]
    public void What_is_left_out_of_a_wide_table_is_said()
    {
        double[] cause = Normal(1, 1000);
        var table = new FeatureTable(Enumerable.Range(0, 40).Select(i => Column($"c{i}", [.. cause.Zip(Normal(2 + i, 1000), (x, e) => x + (0.1 * e))])));
        var inspection = TableInspection.Of(table, new InspectionOptions { MaxCorrelatedColumns = 20 });
        Assert.Equal((20, 40, 190, TableCorrelations.MaxPairs, false), (inspection.Correlations.ComparedColumnCount, inspection.Correlations.ComparableColumnCount, inspection.Correlations.PairCount, inspection.Correlations.Pairs.Count, inspection.Correlations.IsComplete));
        Assert.EndsWith("Only the first 20 of 40 columns of numbers were compared.", inspection.Findings.Single().Message, StringComparison.Ordinal);
        Assert.Empty(TableInspection.Of(table, new InspectionOptions { MaxCorrelatedColumns = 0 }).Findings);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InspectionOptions { MaxCorrelatedColumns = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new InspectionOptions { MaxCorrelatedColumns = 1025 });
    }

    [Fact]
    public void Only_features_are_compared()
    {
        double[] x = Normal(1, 200);
        var table = new FeatureTable(Column("x", x)).WithColumn(Column("weight", [.. x.Select(value => Math.Exp(value))]), ColumnRole.Weight);
        Assert.Equal(1, TableInspection.Of(table).Correlations.ComparableColumnCount);
    }

    [Fact]
    public void Json_lists_the_pairs()
    {
        double[] x = Normal(1, 200);
        var json = JsonDocument.Parse(TableInspection.Of(new FeatureTable(Column("x", x), Column("y", [.. x.Select(value => -value)]))).ToJson()).RootElement.GetProperty("correlations");
        Assert.Equal((2, 2, 200, 1), (json.GetProperty("compared_columns").GetInt32(), json.GetProperty("comparable_columns").GetInt32(), json.GetProperty("rows").GetInt32(), json.GetProperty("pair_count").GetInt32()));
        var pair = json.GetProperty("pairs")[0];
        Assert.Equal(["x", "y"], pair.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal((-1, false, 200), (pair.GetProperty("rank_correlation").GetDouble(), pair.GetProperty("is_curved").GetBoolean(), pair.GetProperty("rows").GetInt32()));
    }

    private static DoubleColumn Column(string name, double[] values) => new(name, values);

    private static double[] Normal(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    /// <summary>The textbook's formula for values of which no two are equal.</summary>
    private static double Spearman(double[] x, double[] y)
    {
        int[] Ranks(double[] values)
        {
            var ranks = new int[values.Length];
            int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
            for (int i = 0; i < order.Length; i++)
                ranks[order[i]] = i;
            return ranks;
        }

        double n = x.Length;
        return 1 - (6 * Ranks(x).Zip(Ranks(y), (a, b) => ((double)a - b) * (a - b)).Sum() / (n * ((n * n) - 1)));
    }
}
