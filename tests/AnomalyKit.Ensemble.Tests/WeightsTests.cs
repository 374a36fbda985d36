namespace AnomalyKit.Ensemble.Tests;

/// <summary>An ensemble hands weights to its members, and calibrates and compares them by weight.</summary>
public class WeightsTests
{
    private static readonly MemberWeighting[] Weightings = [MemberWeighting.Fixed, MemberWeighting.Consensus, MemberWeighting.TailAgreement()];

    [Fact]
    public void Whole_weights_are_repetitions()
    {
        var data = Rows.Normal(120, 3);
        double[] weights = [.. Enumerable.Range(0, 120).Select(row => (double)(1 + (row * 5 % 7 % 4)))];
        int[] repeated = [.. Enumerable.Range(0, 120).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        foreach (var weighting in Weightings)
        {
            var trainer = new EnsembleTrainer
            {
                Members = [new("forest", new IsolationForestTrainer { TreeCount = 30 }), new("scaled", new IsolationForestTrainer { TreeCount = 40, SampleSize = 32, Scaling = FeatureScaling.Robust }), new("other", new IsolationForestTrainer { TreeCount = 30, Seed = 4 })],
                Weighting = weighting,
                MemberCalibration = ScoreCalibration.Rank(TailScale.Surprisal),
            };
            Assert.True(trainer.AcceptsWeights);
            var expected = trainer.Fit(data.SelectRows(repeated));
            var actual = trainer.Fit(data.WithWeights(weights));
            Assert.Equal(expected.Threshold, actual.Threshold, 1e-4);
            float[] right = expected.Score(data);
            float[] found = actual.Score(data);
            for (int row = 0; row < 120; row++)
                Assert.Equal(right[row], found[row], 1e-4);
            for (int member = 0; member < 3; member++)
                Assert.Equal(expected.Members[member].Weight, actual.Members[member].Weight, 1e-9);
        }
    }

    [Fact]
    public void A_member_that_takes_no_weights_is_named()
    {
        var trainer = new EnsembleTrainer
        {
            Members = [new("forest", new IsolationForestTrainer()), Rows.Member(1)],
            SkipFailingMembers = true,
        };
        Assert.False(trainer.AcceptsWeights);
        var data = Rows.Normal(40, 2).WithWeights((double[])[.. Enumerable.Range(0, 40).Select(row => 1.0 + (row % 2))]);
        string message = Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message;
        Assert.Contains("'column 1' (ColumnTrainer)", message, StringComparison.Ordinal);
        // Rows of weight 0 are left out before members see the rows.
        Assert.Equal(20, trainer.Fit(data.WithWeights((double[])[.. Enumerable.Range(0, 40).Select(row => (double)(row % 2))])).Score(data)[..20].Length);
    }

    [Fact]
    public void A_member_that_was_fitted_before_takes_part()
    {
        var data = Rows.Normal(100, 2);
        double[] weights = [.. Enumerable.Range(0, 100).Select(row => 1.0 + (row % 3))];
        var trainer = new EnsembleTrainer { Members = [EnsembleMember.Fitted("old", new IsolationForestTrainer().Fit(data)), new("new", new IsolationForestTrainer { Seed = 3 })] };
        Assert.True(trainer.AcceptsWeights);
        Assert.Equal(2, trainer.Fit(data.WithWeights(weights)).Members.Count);
    }
}
