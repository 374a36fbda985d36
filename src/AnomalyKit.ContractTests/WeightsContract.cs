using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>Row weights: 0 is a row that is not there, 1 for all is none, others are taken into account or refused with a reason.</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class WeightsContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Weights_of_one_are_no_weights(string detector, string scaling)
    {
        var data = DataShape.Usual.Training();
        byte[] expected = Saved(Fitted(detector, DataShape.Usual, Scalings.All[scaling]).Detector);
        Same.Bytes(expected, Saved(Registered(detector).Fit(data.WithWeights(Ones(data.RowCount)), Scalings.All[scaling])), "Weights of 1");
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void A_row_of_weight_nothing_is_a_row_that_is_not_there(string detector, string scaling)
    {
        var shape = DataShape.Normal(80, 3);
        float[] cells = shape.Cells(80, stream: 0);
        // A far row first, one in the middle, one at the end.
        cells[0] = 1000;
        int[] absent = [0, 40, 79];
        var data = FeatureMatrix.Wrap(cells, shape.Training().Schema);
        double[] weights = Ones(80);
        foreach (int row in absent)
            weights[row] = 0;
        int[] rest = [.. Enumerable.Range(0, 80).Except(absent)];
        var trainer = Registered(detector).NewTrainer(1, Scalings.All[scaling], ThresholdRule.Contamination(0.05));
        var expected = trainer.FitAndScore(data.SelectRows(rest));
        var actual = trainer.FitAndScore(data.WithWeights(weights));
        Same.Bytes(Saved(expected.Detector), Saved(actual.Detector), "Rows of weight 0");
        Same.Bytes(Saved(expected.Detector), Saved(trainer.Fit(data.WithWeights(weights))), "Rows of weight 0, without scores");
        Assert.Equal(80, actual.TrainingScores.Length);
        float[] all = actual.TrainingScores.ToArray();
        Same.Bits(expected.TrainingScores.Span, [.. rest.Select(row => all[row])], "The rows that count");
        Same.Bits(actual.Detector.Score(data.SelectRows(absent)), [.. absent.Select(row => all[row])], "The rows that do not count, as new ones");
    }

    [Theory]
    [EveryDetector]
    public void Weights_are_taken_into_account_or_refused_with_a_reason(string detector)
    {
        var data = DataShape.Usual.Training();
        double[] weights = Weights(data.RowCount);
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.05));
        if (trainer.AcceptsWeights)
        {
            Assert.False(Saved(trainer.Fit(data)).AsSpan().SequenceEqual(Saved(trainer.Fit(data.WithWeights(weights)))), "Weights changed nothing.");
            return;
        }

        foreach (Action fit in (Action[])[() => trainer.Fit(data.WithWeights(weights)), () => trainer.FitAndScore(data.WithWeights(weights))])
        {
            string message = Assert.ThrowsAny<ArgumentException>(fit).Message;
            Assert.Contains(trainer.GetType().Name, message, StringComparison.Ordinal);
            Assert.Contains("weights", message, StringComparison.Ordinal);
            Assert.Contains("WithWeights(default)", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [EveryDetector]
    public void The_model_of_weighted_rows_is_the_same_at_any_thread_count(string detector)
    {
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.05));
        if (!trainer.AcceptsWeights)
            return;
        var data = DataShape.Normal(3000, 3).Training();
        foreach (double[] weights in (double[][])[Weights(3000), [.. Weights(3000).Select(weight => weight + 0.25)]])
        {
            var weighted = data.WithWeights(weights);
            byte[] expected = Saved(trainer.Fit(weighted, new FitOptions { MaxDegreeOfParallelism = 1 }));
            foreach (int threads in (int[])[2, 5])
                Same.Bytes(expected, Saved(trainer.Fit(weighted, new FitOptions { MaxDegreeOfParallelism = threads })), $"{threads} threads");
            Assert.All(trainer.Fit(weighted).Score(data), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Theory]
    [EveryDetector]
    public void Weights_that_leave_nothing_to_fit_are_refused(string detector)
    {
        var data = DataShape.Usual.Training();
        double[] weights = Ones(data.RowCount);
        weights.AsSpan(1).Clear();
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.05));
        Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data.WithWeights(weights)));
        // A part of which all rows have weight 0 is no mistake until it is fitted.
        Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data.WithWeights(weights).Slice(1, 50)));
        if (trainer.AcceptsWeights)
        {
            // Weights are counts: those that add up to one row describe one row.
            Array.Fill(weights, 1.0 / data.RowCount);
            Assert.Contains("add up to", Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data.WithWeights(weights))).Message, StringComparison.Ordinal);
        }
    }

    private static double[] Ones(int rows) => [.. Enumerable.Repeat(1.0, rows)];

    private static double[] Weights(int rows) => [.. Enumerable.Range(0, rows).Select(row => (double)(1 + (row % 4)))];
}
