using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Attribution;

public sealed class SamplingTests
{
    private static readonly float[] Row = [2, -1, 3, 0.5f];

    [Fact]
    public void One_pair_of_orders_is_exact_for_interactions_of_pairs()
    {
        var detector = new FormulaDetector(4, row => (3 * row[0]) + (row[1] * row[2]) - (row[3] * row[0]) + 1);
        var background = Background(5, 4);
        var actual = detector.Attribute(Row, new AttributionOptions { Background = background });
        double[] expected = Oracle(detector, Row, background, 4);
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], actual.Contributions[i], 1e-5);
    }

    [Fact]
    public void Many_orders_come_as_near_as_the_standard_error_says()
    {
        var detector = new FormulaDetector(4, row => Math.Max(Math.Max(row[0], row[1]), Math.Max(row[2], row[3])) * row[0] * row[1] * row[2]);
        var background = Background(16, 4);
        double[] expected = Oracle(detector, Row, background, 4);
        int far = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            var actual = detector.Attribute(Row, new AttributionOptions { Background = background, Permutations = 8, Seed = seed });
            for (int i = 0; i < 4; i++)
            {
                // Background rows are given, not drawn: orders alone vary, so the error over rows and orders is an upper bound.
                double error = actual.StandardErrors.Span[i];
                Assert.True(error > 0);
                far += Math.Abs(actual.Contributions[i] - expected[i]) > 2 * error ? 1 : 0;
            }
        }

        Assert.InRange(far, 0, 10);
    }

    [Fact]
    public void The_seed_decides_the_orders()
    {
        var detector = new FormulaDetector(4, row => row[0] * row[1] * row[2] * row[3]);
        var options = new AttributionOptions { Background = Background(3, 4) };
        double[] first = detector.Attribute(Row, options).Contributions.ToArray();
        Assert.Equal(first, detector.Attribute(Row, options).Contributions.ToArray());
        Assert.NotEqual(first, detector.Attribute(Row, options with { Seed = 1 }).Contributions.ToArray());
    }

    [Fact]
    public void All_background_rows_count_and_halves_average_to_the_whole()
    {
        var detector = new FormulaDetector(3, row => Math.Exp(row[0]) * row[1] * row[2]);
        var background = Background(300, 3);
        var whole = Sampled(background);
        var halves = new[] { Sampled(background.Slice(0, 150)), Sampled(background.Slice(150, 150)) };
        Assert.Equal(300, whole.Attributor.BackgroundRowCount);
        Assert.Equal(detector.Score(background).Average(score => (double)score), whole.Attributor.Baseline, 1e-12);
        for (int i = 0; i < 3; i++)
            Assert.Equal(whole.Contributions[i], halves.Average(half => half.Contributions[i]), 1e-12);

        (SamplingAttributor Attributor, double[] Contributions) Sampled(FeatureMatrix rows)
        {
            var attributor = SamplingAttributor.Of(detector, new AttributionOptions { Background = rows });
            var contributions = new double[3];
            attributor.AttributeRow(EncodedRows.Check([1f, 2, 3], detector.Frame.Schema), contributions, []);
            return (attributor, contributions);
        }
    }

    [Fact]
    public void A_group_is_moved_as_one_and_every_row_that_is_scored_is_legal()
    {
        // Columns 1 to 3 say which of three levels a category has; anything but one of them is no row.
        var detector = new FormulaDetector(5, row =>
        {
            Assert.Equal(1, row[1] + row[2] + row[3]);
            return (row[0] * (row[1] + (2 * row[2]) + (4 * row[3]))) + row[4];
        });
        var background = FeatureMatrix.Wrap(new float[] { 1, 1, 0, 0, 5, 2, 0, 1, 0, 6 }, 5);
        var groups = new ColumnGroups([0, 1, 1, 1, 2], ["amount", "merchant", "hour"]);
        float[] row = [3, 0, 0, 1, 7];
        var actual = detector.Attribute(row, new AttributionOptions { Background = background, Groups = groups });
        double[] expected = Oracle(detector, row, background, 3, groups);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], actual.Contributions[i], 1e-5);
        Assert.Equal(["merchant", "hour", "amount"], [.. actual.Top(5).Select(column => column.Name).Order().Reverse()]);
    }

    [Fact]
    public void A_row_that_equals_the_background_has_no_driver()
    {
        var detector = new FormulaDetector(4, row => row[0] * row[1]);
        var attribution = detector.Attribute(Row, new AttributionOptions { Background = FeatureMatrix.Wrap(Row, 4) });
        Assert.All(attribution.Contributions.ToArray(), contribution => Assert.Equal(0, contribution));
        Assert.Empty(attribution.Top(3));
        Assert.Contains("no column speaks against the row", attribution.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_column_is_explained_too()
    {
        var detector = new FormulaDetector(1, row => 2 * row[0]);
        var attribution = detector.Attribute([5f], new AttributionOptions { Background = FeatureMatrix.Wrap(new float[] { 1, 3 }, 1) });
        Assert.Equal(4, attribution.Baseline);
        Assert.Equal(6, attribution.Contributions[0]);
    }

    [Fact]
    public void Without_background_the_message_says_what_to_give()
    {
        var detector = new FormulaDetector(2, row => row[0]);
        string message = Assert.Throws<InvalidOperationException>(() => detector.Attribute([1f, 2])).Message;
        Assert.Contains("SamplingBackground", message, StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => detector.Attribute([1f, 2], new AttributionOptions { Background = FeatureMatrix.Wrap(Array.Empty<float>(), 2) })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttributionOptions { Permutations = 0 });
    }

    private static FeatureMatrix Background(int rows, int columns)
    {
        var random = new CounterRandom(7);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }

    private static double[] Oracle(FormulaDetector detector, float[] row, FeatureMatrix background, int players, ColumnGroups? groups = null) => ShapleyOracle.Values(players, coalition =>
    {
        double sum = 0;
        for (int b = 0; b < background.RowCount; b++)
        {
            float[] mixed = background.ContiguousCells(b, 1).ToArray();
            for (int i = 0; i < mixed.Length; i++)
            {
                if ((coalition >> (groups is null ? i : groups.GroupOf[i]) & 1) == 1)
                    mixed[i] = row[i];
            }

            sum += detector.Score(mixed);
        }

        return sum / background.RowCount;
    });
}
