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

    [Theory]
    [InlineData(2000)]
    [InlineData(50_000)]
    public void An_alert_says_how_few_training_rows_score_as_high(int rows)
    {
        var random = new Numerics.CounterRandom(3);
        var training = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, rows).Select(_ => random.NextGaussian()).ToArray()));
        var fit = new TableTrainer(new NearestNeighborsTrainer()).FitAndScore(training);
        float[] scores = fit.TrainingScores.ToArray();
        var explained = fit.Detector.CreateExplainer().Explain(new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 120).Select(i => 1.9 + (i * 0.03)).Append(4000).ToArray())), new ExplanationOptions { Counterfactual = null });
        foreach (var one in explained)
        {
            double exact = (double)scores.Count(score => score >= one.Score) / rows;
            Assert.InRange(one.ScoreRarity!.Value, 0, 1);
            Assert.Equal(exact, one.ScoreRarity.Value, 0.006);
            string second = one.Sentences.ElementAt(1);
            Assert.Equal(one.IsAnomaly && one.ScoreRarity > 0, second.EndsWith(" % of the training rows score at least as high.", StringComparison.Ordinal));
            Assert.Equal(one.IsAnomaly && one.ScoreRarity == 0, second == "No training row scores as high.");
            // Of a sample, nothing can be said of all rows.
            Assert.Equal(rows == 2000 && exact == 0, one.ScoreRarity == 0);
        }

        Assert.Contains(explained, one => one is { IsAnomaly: true, ScoreRarity: > 0 and < 0.02 });
        Assert.Contains(explained, one => !one.IsAnomaly);
        Assert.Contains(explained, one => one.IsAnomaly && scores.Max() < one.Score);
    }

    [Fact]
    public void Without_scores_of_training_rows_nothing_is_said_of_them()
    {
        var random = new Numerics.CounterRandom(3);
        var training = new FeatureTable(new DoubleColumn("x", Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray()));
        var far = new FeatureTable(new DoubleColumn("x", new[] { 90.0 }));
        foreach (var trainer in (IDetectorTrainer[])[new NearestNeighborsTrainer { Threshold = ThresholdRule.Fixed(1) }, new NearestNeighborsTrainer { Calibration = ScoreCalibration.Conformal(0.25) }])
        {
            var explanation = new TableTrainer(trainer).Fit(training).Explain(far, 0);
            Assert.True(explanation.IsAnomaly);
            Assert.Null(explanation.ScoreRarity);
            Assert.DoesNotContain("training row scores", explanation.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("training rows score", explanation.ToString(), StringComparison.Ordinal);
        }
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
