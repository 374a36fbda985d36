using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>The classifier tells windows apart that differ, by the right columns, and guesses where they do not.</summary>
public class ClassifierTestTests
{
    [Fact]
    public void It_names_the_column_that_moved()
    {
        var result = new ClassifierTest().Compare(Rows(1000, 1, (_, value) => value), Rows(800, 2, (column, value) => column == 3 ? value + 1 : value));
        Assert.Equal("f3", result.Columns[0].Name);
        Assert.True(result is { AreaUnderRoc: > 0.7, PValue: < 1e-20, HeldOutCount: 900 } && result.Columns[0].Fraction > 0.9, result.ToString());
        Assert.Equal(1, result.Columns.Sum(column => column.Fraction), 9);
    }

    [Fact]
    public void It_sees_a_spread_that_grew()
    {
        var result = new ClassifierTest().Compare(Rows(1000, 1, (_, value) => value), Rows(1000, 2, (column, value) => column == 5 ? 2 * value : value));
        Assert.True(result.Columns[0].Name == "f5" && result.PValue < 1e-6, result.ToString());
    }

    [Fact]
    public void It_keeps_its_level_where_nothing_moves()
    {
        int rejected = 0;
        const int Rounds = 300;
        for (ulong round = 0; round < Rounds; round++)
            rejected += new ClassifierTest { Seed = round }.Compare(Rows(80, 100 + round, (_, value) => value), Rows(100, 9000 + round, (_, value) => value)).PValue <= 0.05 ? 1 : 0;
        Assert.InRange(rejected / (double)Rounds, 0.02, 0.08);
    }

    [Fact]
    public void Missing_cells_and_categories_count()
    {
        var schema = new FeatureSchema(["n", "k"]).WithMissing("n").WithCategories(new Dictionary<string, int> { ["k"] = 3 });
        var missing = new ClassifierTest().Compare(Mixed(400, 1, 0.05, 0), Mixed(400, 2, 0.6, 0));
        Assert.True(missing.Columns[0].Name == "n" && missing.PValue < 1e-6, missing.ToString());
        var levels = new ClassifierTest().Compare(Mixed(400, 1, 0.05, 0), Mixed(400, 2, 0.05, 1));
        Assert.True(levels.Columns[0].Name == "k" && levels.PValue < 1e-6, levels.ToString());

        FeatureMatrix Mixed(int count, ulong stream, double lost, int shift)
        {
            var random = new CounterRandom(3, stream);
            var cells = new float[2 * count];
            for (int i = 0; i < cells.Length; i += 2)
            {
                cells[i] = random.NextDouble() < lost ? float.NaN : (float)random.NextGaussian();
                cells[i + 1] = Math.Min(2, random.NextInt32(2) + shift);
            }

            return FeatureMatrix.Wrap(cells, schema);
        }
    }

    [Fact]
    public void Constant_empty_and_wild_columns_do_no_harm()
    {
        var schema = new FeatureSchema(["constant", "missing", "wild"]).WithMissing("missing");
        FeatureMatrix Of(float wild) => FeatureMatrix.Wrap(Enumerable.Range(0, 90).Select(i => (i % 3) switch { 0 => 7f, 1 => float.NaN, _ => i % 2 == 0 ? wild : -wild }).ToArray(), schema);
        var result = new ClassifierTest().Compare(Of(float.MaxValue), Of(float.MaxValue));
        Assert.True(double.IsFinite(result.AreaUnderRoc) && result.PValue is > 0 and <= 1);
        Assert.All(result.Columns, column => Assert.InRange(column.Fraction, 0, 1));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        var rows = Rows(50, 1, (_, value) => value);
        Assert.Contains("50 rows and the window 19", Assert.Throws<ArgumentException>(() => new ClassifierTest().Compare(rows, rows.Slice(0, 19))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClassifierTest().Compare(rows, rows.SelectColumns("f1", "f0")));
        var infinite = FeatureMatrix.Wrap(new float[300].Select((_, i) => i == 13 ? float.PositiveInfinity : i).ToArray(), 6);
        Assert.Contains("Row 2, column 'f1'", Assert.Throws<FeatureDataException>(() => new ClassifierTest().Compare(infinite, rows)).Message, StringComparison.Ordinal);
        // Of 5,000 rows 40 are taken: the row keeps its number, and one that is not taken is looked at, too.
        foreach (int row in (int[])[125, 4321])
        {
            var far = FeatureMatrix.Wrap(new float[30_000].Select((_, i) => i == (6 * row) + 2 ? float.NegativeInfinity : i).ToArray(), 6);
            foreach (var (before, now) in (ReadOnlySpan<(FeatureMatrix, FeatureMatrix)>)[(far, rows), (rows, far)])
                Assert.Contains($"Row {row}, column 'f2'", Assert.Throws<FeatureDataException>(() => new ClassifierTest { MaxRows = 40 }.Compare(before, now)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassifierTest { MaxRows = 39 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassifierTest { Ridge = 0 });
    }

    private static FeatureMatrix Rows(int count, ulong stream, Func<int, float, float> change)
    {
        var random = new CounterRandom(17, stream);
        var cells = new float[6 * count];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = change(i % 6, (float)random.NextGaussian());
        return FeatureMatrix.Wrap(cells, 6);
    }
}
