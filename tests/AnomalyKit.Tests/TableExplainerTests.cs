namespace AnomalyKit.Tests;

/// <summary>Many rows explained at once are the rows explained one by one.</summary>
public sealed class TableExplainerTests
{
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
