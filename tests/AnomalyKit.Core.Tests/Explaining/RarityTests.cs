using AnomalyKit.Core.Tests.Attribution;

namespace AnomalyKit.Core.Tests.Explaining;

/// <summary>What a reason says of rarity is compared with the training rows themselves, in tables that a profile does not keep whole.</summary>
public sealed class RarityTests
{
    [Theory]
    [InlineData(700)]
    [InlineData(3_000)]
    [InlineData(8_192)]
    [InlineData(20_000)]
    [InlineData(150_000)]
    public void Only_what_lies_beyond_every_training_row_is_said_to(int rows)
    {
        double[] amounts = [.. Enumerable.Range(0, rows).Select(row => Amount((row + 0.5) / rows))];
        // A fixed order that is none of the amounts.
        amounts = [.. amounts.Select((amount, i) => (amount, (ulong)(i + 1) * 0x9E3779B97F4A7C15)).OrderBy(item => item.Item2).Select(item => item.amount)];
        var detector = Fit(new FeatureTable(new DoubleColumn("amount", amounts)));
        double[] sorted = [.. amounts.Order()];
        for (int i = 1; i <= rows / 10; i += i < 100 ? 1 : rows / 500)
        {
            AssertHonest(ReasonFor(detector, sorted[^i]), (double)i / rows, "high", rows);
            AssertHonest(ReasonFor(detector, sorted[i - 1]), (double)i / rows, "low", rows);
        }

        foreach (var (beyond, direction) in new[] { (1.5 * sorted[^1], "high"), (sorted[0] - 1, "low") })
        {
            var reason = ReasonFor(detector, beyond);
            Assert.Contains($": no training row is as {direction}.", reason.Sentence, StringComparison.Ordinal);
            Assert.Equal(0, reason.Rarity);
        }

        static double Amount(double part) => Math.Exp(4 - (1.2 * Math.Log((1 / part) - 1)));
    }

    [Fact]
    public void The_bound_of_a_sampled_profile_is_said()
    {
        // 512 runs of 16 of 8,192 rows: at most 7 rows lie beyond the last that is kept, and 99 % of all draws with 7 of them are of fewer than 0.2 % of all rows.
        double[] amounts = [.. Enumerable.Range(0, 40_000).Select(row => (double)(row * 7919L % 40_000))];
        var reason = ReasonFor(Fit(new FeatureTable(new DoubleColumn("amount", amounts))), 39_998.5);
        Assert.StartsWith("amount is 39998.5: fewer than 0.5 % of the training rows are as high. 9 in 10 lie from ", reason.Sentence, StringComparison.Ordinal);
        Assert.InRange(reason.Rarity!.Value, 1.0 / 40_000, 0.002);
    }

    [Fact]
    public void Shares_of_rows_with_gaps_are_of_those_that_have_a_value()
    {
        double[] amounts = [.. Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? double.NaN : row)];
        var reason = ReasonFor(Fit(new FeatureTable(new DoubleColumn("amount", amounts))), 197);
        Assert.StartsWith("amount is 197: 2.0 % of the training rows that have a value are as high.", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_the_sample_missed_is_not_said_to_be_new()
    {
        // One row each of 40 merchants among 40,000: most are not among the 8,192 rows that the profile looks at.
        string[] merchants = [.. Enumerable.Range(0, 40_000).Select(row => row % 1000 == 7 ? $"once {row / 1000}" : row % 3 == 0 ? "Bahn" : "Aldi")];
        var table = new FeatureTable(CategoryColumn.FromWords("merchant", merchants));
        var preparation = new TablePreparation { Categories = CategoryEncoding.Frequency }.Fit(table);
        var detector = Fit(table, preparation);
        var reasons = Enumerable.Range(0, 40).Select(i => ReasonFor(detector, new FeatureTable(CategoryColumn.FromWords("merchant", [$"once {i}"])))).ToArray();
        Assert.All(reasons, reason => Assert.InRange(reason.Rarity!.Value, 1 / 40_000.0, 0.002));
        var missed = reasons.First(reason => detector.Profile!.Columns[0].Levels.All(level => level != reason.Value));
        Assert.Equal($"merchant is {missed.Value}, as in fewer than 0.5 % of the training rows. Most have Aldi (about 66 %).", missed.Sentence);
        var unseen = ReasonFor(detector, new FeatureTable(CategoryColumn.FromWords("merchant", ["Shell"])));
        Assert.Equal("merchant is Shell, which no training row has. Most have Aldi (about 66 %).", unseen.Sentence);
        Assert.Equal(0, unseen.Rarity);
    }

    [Fact]
    public void A_mark_that_the_sample_missed_is_not_said_to_be_new()
    {
        sbyte[] marks = new sbyte[40_000];
        marks[20_001] = 1;
        var table = new FeatureTable(new BooleanColumn("abroad", marks));
        var reason = ReasonFor(Fit(table), new FeatureTable(new BooleanColumn("abroad", new sbyte[] { 1 })));
        Assert.StartsWith("abroad is true, as in fewer than 0.5 % of the training rows. Most have false (", reason.Sentence, StringComparison.Ordinal);
        Assert.InRange(reason.Rarity!.Value, 1 / 40_000.0, 0.0006);
    }

    [Fact]
    public void No_level_that_a_third_have_is_what_most_have()
    {
        var table = new FeatureTable(CategoryColumn.FromWords("merchant", Enumerable.Range(0, 90).Select(row => $"{(char)('A' + (row % 3))}")));
        Assert.Equal("merchant is Z, which no training row has. The most frequent is A (33 %).", ReasonFor(Fit(table), new FeatureTable(CategoryColumn.FromWords("merchant", ["Z"]))).Sentence);
    }

    [Fact]
    public void What_rounding_to_a_cell_takes_away_is_not_beyond_the_training_rows()
    {
        // As float32 the least value is 0.100000001, the double 0.1 lies below it.
        var data = FeatureMatrix.Wrap(Enumerable.Range(1, 100).Select(row => row / 10f).ToArray(), 1);
        var detector = new FormulaDetector(1, row => row[0] < 0.15 ? 1 : 0)
        {
            Frame = new DetectorFrame(data.Schema, FeatureTransform.Identity(1), 2, "fixed") { Profile = ReferenceProfile.Of(data) },
            BlockRows = 4096,
        };
        var options = new ExplanationOptions { Attribution = new AttributionOptions { SamplingBackground = data.Slice(50, 1) } };
        Assert.Equal("f0 is 0.1: 1.0 % of the training rows are as low. 9 in 10 lie from 0.5 to 9.5.", detector.Explain([0.1], options).Reasons.Single().Sentence);
        Assert.Equal(0, detector.Explain([0.09], options).Reasons.Single().Rarity);
    }

    private static void AssertHonest(Reason reason, double truth, string direction, int rows)
    {
        Assert.DoesNotContain("no training row", reason.Sentence, StringComparison.Ordinal);
        Assert.True(reason.Rarity > 0, reason.Sentence);
        if (reason.Sentence.Contains("usual by itself", StringComparison.Ordinal))
            return;
        Assert.Contains($" are as {direction}.", reason.Sentence, StringComparison.Ordinal);
        if (reason.Sentence.Contains("fewer than ", StringComparison.Ordinal))
            Assert.True(truth < reason.Rarity, $"{truth} of the rows are as {direction}: {reason.Sentence}");
        else
            Assert.InRange(reason.Rarity!.Value, truth / 2, truth * 2);
        if (rows <= 768)
            Assert.Equal(truth, reason.Rarity!.Value, 12);
        Assert.DoesNotContain(" 0 %", reason.Sentence, StringComparison.Ordinal);
    }

    private static Reason ReasonFor(TableDetector detector, double amount) => ReasonFor(detector, new FeatureTable(new DoubleColumn("amount", new[] { amount })));

    /// <summary>The reason of the only column, whatever its value is.</summary>
    private static Reason ReasonFor(TableDetector detector, FeatureTable row)
    {
        float[] cells = detector.Preparation.Apply(row).ContiguousCells(0, 1).ToArray();
        var formula = new FormulaDetector(cells.Length, other => other.SequenceEqual(cells) ? 1 : 0) { Frame = detector.Detector.Frame, BlockRows = 4096 };
        // Against rows that are not like it, so that it is the row's own cells that count.
        var background = FeatureMatrix.Wrap(cells.Select(cell => cell + 1e6f).ToArray(), detector.Preparation.Output);
        return new TableDetector(detector.Preparation, formula, detector.Profile)
            .Explain(row, 0, new ExplanationOptions { Counterfactual = null, Attribution = new AttributionOptions { SamplingBackground = background } }).Reasons.Single();
    }

    private static TableDetector Fit(FeatureTable table, FittedPreparation? preparation = null)
    {
        preparation ??= new TablePreparation { Missing = MissingCells.Median }.Fit(table);
        var frame = new DetectorFrame(preparation.Output, FeatureTransform.Identity(preparation.Output.ColumnCount), 0, "fixed");
        return new TableDetector(preparation, new FormulaDetector(preparation.Output.ColumnCount, row => 0) { Frame = frame, BlockRows = 4096 }, ReferenceProfile.Of(table));
    }
}
