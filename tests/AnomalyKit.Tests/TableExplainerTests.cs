namespace AnomalyKit.Tests;

/// <summary>Many rows explained at once are the rows explained one by one.</summary>
public sealed class TableExplainerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_p_value_that_cannot_be_less_says_so(bool isConformal)
    {
        var random = new Numerics.CounterRandom(3);
        var training = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray()));
        var detector = new TableTrainer(new NearestNeighborsTrainer { Calibration = isConformal ? ScoreCalibration.Conformal(0.25) : ScoreCalibration.Rank() }).Fit(training);
        var explained = detector.CreateExplainer().Explain(new FeatureTable(new DoubleColumn("x", new[] { 0.5, 90.0, 4000.0 })));
        Assert.Equal([false, isConformal, isConformal], explained.Select(one => one.IsLeastPValue));
        if (isConformal)
            Assert.Equal(explained[1].PValue, explained[2].PValue);
        string sentence = explained[2].Sentences.ElementAt(1);
        if (isConformal)
            Assert.Equal("The p-value is 0.0099, the least that 100 calibration rows can give: at most 0.99 % of ordinary rows are expected to score as high. Rows that score higher have the same p-value.", sentence);
        else
            Assert.EndsWith("of ordinary rows are expected to score at least as high.", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("the least", explained[0].Sentences.ElementAt(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_at_once_have_the_explanations_that_they_have_one_by_one()
    {
        var random = new Random(4);
        double[] amounts = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() * 100), 5000, double.NaN, 30];
        string?[] shops = [.. Enumerable.Range(0, 300).Select(_ => random.Next(3) == 0 ? "Shell" : "Aldi"), "Aldi", "Casino", null];
        var table = new FeatureTable(new DoubleColumn("amount", amounts), CategoryColumn.FromWords("shop", shops));
        var detector = new TableTrainer(new IsolationForestTrainer { TreeCount = 20 }) { Preparation = new TablePreparation { Missing = MissingCells.Native } }.Fit(table);
        var some = table.Slice(290, 13);
        var options = new ExplanationOptions { MaxReasons = 2 };
        var together = detector.CreateExplainer().Explain(some, options);
        Assert.Equal(13, together.Length);
        for (int row = 0; row < together.Length; row++)
        {
            var alone = detector.Explain(some, row, options);
            Assert.Equal(alone.Sentences, together[row].Sentences);
            Assert.Equal(alone.Score, together[row].Score);
            Assert.Equal(alone.Attribution.Contributions.ToArray(), together[row].Attribution.Contributions.ToArray());
        }

        Assert.Contains(together, explanation => explanation.IsAnomaly && explanation.Reasons.Count > 0);
    }
}
