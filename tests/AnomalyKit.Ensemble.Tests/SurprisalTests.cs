using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble.Tests;

/// <summary>A member that is very sure is heard whatever its weight, and one that is not adds nothing to the mean.</summary>
public sealed class SurprisalTests
{
    private static readonly ScoreCalibration[] Calibrations = [ScoreCalibration.None, ScoreCalibration.RobustZ, ScoreCalibration.LogZScore, ScoreCalibration.Rank(TailScale.Surprisal)];

    private static EnsembleTrainer Trainer { get; } = new() { Members = Rows.Members(3), Combiner = ScoreCombiner.MeanAndSurprisal() };

    /// <summary>Exponential scores have the surprisal s / ln 10, in whatever units they come.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1000, -5e4)]
    [InlineData(1e-3, 2)]
    public void The_tail_of_exponential_scores_is_found(double unit, double from)
    {
        var random = new CounterRandom(3);
        float[] scores = Array.ConvertAll(new float[20_000], _ => (float)(from - (unit * Math.Log(1 - random.NextDouble()))));
        foreach (var calibration in Calibrations[..3])
        {
            var calibrator = calibration.Fit(scores, default);
            var tail = TailFit.Fit(scores, calibrator, default)!;
            foreach (double decades in (double[])[1, 2, 4, 6])
            {
                double score = from + (unit * decades * Math.Log(10));
                Assert.Equal(decades, tail.Surprisal(calibrator?.Calibrate(score) ?? score), 0.15 * decades);
            }
        }
    }

    /// <summary>A Pareto tail of index 2 loses two decades in each decade of the score.</summary>
    [Fact]
    public void The_tail_of_heavy_scores_is_found()
    {
        var random = new CounterRandom(8);
        float[] scores = Array.ConvertAll(new float[100_000], _ => (float)Math.Pow(1 - random.NextDouble(), -0.5));
        var tail = TailFit.Fit(scores, null, default)!;
        Assert.Equal(0.5, tail.Shape, 0.1);
        Assert.Equal(4, tail.Surprisal(100), 0.6);
        Assert.Equal(6, tail.Surprisal(1000), 0.9);
    }

    [Fact]
    public void How_far_out_the_highest_scores_are_does_not_matter()
    {
        var random = new CounterRandom(5);
        float[] scores = Array.ConvertAll(new float[3_000], _ => (float)-Math.Log(1 - random.NextDouble()));
        var expected = TailFit.Fit(scores, null, default);
        float bound = scores.Order().ElementAt(2_920);
        float[] shifted = Array.ConvertAll(scores, score => score > bound ? score * 1e6f : score);
        Assert.Equal(expected, TailFit.Fit(shifted, null, default));
    }

    [Fact]
    public void Scores_of_which_too_few_differ_have_no_tail()
    {
        Assert.Null(TailFit.Fit(new float[100], null, default));
        Assert.Null(TailFit.Fit([.. Enumerable.Range(0, 10).Select(i => (float)i)], null, default));
        Assert.Null(TailFit.Fit([.. Enumerable.Range(0, 1000).Select(i => i % 50 == 0 ? i : 0f)], null, default));

        // Then the ensemble is the mean.
        var data = Rows.Normal(12, 3);
        Assert.Equal((Trainer with { Combiner = ScoreCombiner.Mean }).Fit(data).Score(data), Trainer.Fit(data).Score(data));
    }

    [Fact]
    public void The_score_is_the_mean_and_what_members_are_sure_of()
    {
        var data = Rows.Normal(2_000, 3);
        var ensemble = (Trainer with { Combiner = ScoreCombiner.MeanAndSurprisal(0.01, 4) }).Fit(data);
        foreach (float[] row in (float[][])[[0, 0, 0], [2, 2, 2], [0, 9, 0], [9, 9, -9], [1e30f, 0, 0]])
        {
            var said = ensemble.Explain(row);
            double expected = said.Sum(score => score.Weight * score.Calibrated) + (4 * said.Sum(score => Math.Max(0, score.Surprisal - 2)));
            Assert.Equal(expected, ensemble.Score(row), 1e-5 * Math.Abs(expected));
        }

        Assert.All(ensemble.Explain([0, 0, 0]), score => Assert.Equal(0, score.Surprisal));
        Assert.All(ensemble.Explain([2, 2, 2]), score => Assert.InRange(score.Surprisal, 1.2, 2.1));
        Assert.InRange(ensemble.Explain([0, 9, 0])[1].Surprisal, 5, 300);
        Assert.All((Trainer with { Combiner = ScoreCombiner.Mean }).Fit(data).Explain([9, 9, 9]), score => Assert.Equal(0, score.Surprisal));
    }

    [Fact]
    public void A_lone_member_that_is_sure_stands_above_rows_that_all_find_unusual()
    {
        var data = Rows.Normal(2_000, 3);
        EnsembleMember[] members = [Rows.Member(0, 50), Rows.Member(1, 50), Rows.Member(2)];
        var mean = (Trainer with { Members = members, Weighting = MemberWeighting.Fixed, Combiner = ScoreCombiner.Mean }).Fit(data);
        var both = (Trainer with { Members = members, Weighting = MemberWeighting.Fixed }).Fit(data);
        float[] lone = [0, 0, 12];
        float[] somewhat = [2.5f, 2.5f, 0];
        Assert.True(mean.Score(lone) < mean.Score(somewhat));
        Assert.True(both.Score(lone) > both.Score(somewhat));
        Assert.Equal(mean.Score(somewhat), both.Score(somewhat), 1e-6f);
    }

    [Fact]
    public void A_higher_score_of_a_member_never_lowers_the_combination()
    {
        foreach (var calibration in Calibrations)
        {
            var ensemble = (Trainer with { MemberCalibration = calibration }).Fit(Rows.Normal(500, 3));
            float[] rising = [.. Enumerable.Range(-400, 1_200).SelectMany(i => (float[])[i / 50f, 1, -1])];
            float[] extreme = [float.MaxValue, 0, 0, -float.MaxValue, 0, 0];
            float[] scores = ensemble.Score(FeatureMatrix.Wrap(rising, 3));
            for (int i = 1; i < scores.Length; i++)
                Assert.True(scores[i] >= scores[i - 1], $"{calibration} at {i}: {scores[i - 1]}, then {scores[i]}");
            Assert.True(scores[^1] > scores[600], calibration.ToString());
            Assert.All(ensemble.Score(FeatureMatrix.Wrap(extreme, 3)), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Fact]
    public void Contributions_add_up_to_the_score()
    {
        var data = Rows.Normal(600, 4);
        var trainer = new EnsembleTrainer
        {
            Members = [new("forest", new IsolationForestTrainer { TreeCount = 30 }), new("other", new IsolationForestTrainer { TreeCount = 30, Seed = 9 })],
            Combiner = ScoreCombiner.MeanAndSurprisal(0.01),
        };
        var ensemble = trainer.Fit(data);
        foreach (float[] row in (float[][])[[0, 0, 0, 0], [6, 0, 0, 0], [0, -9, 9, 0]])
        {
            var attribution = ensemble.Attribute(row);
            Assert.Equal(attribution.Explained, attribution.Baseline + attribution.Contributions.ToArray().Sum(), 1e-9 * Math.Max(1, Math.Abs(attribution.Explained)));
            Assert.Equal(ensemble.Score(row), attribution.Explained, 1e-5 * Math.Max(1, Math.Abs(attribution.Explained)));
        }
    }

    [Fact]
    public void Whole_weights_are_repetitions()
    {
        float[] scores = Rows.Normal(900, 1).ContiguousCells(0).ToArray();
        double[] weights = [.. scores.Select((_, i) => (double)(i % 3))];
        float[] repeated = [.. scores.SelectMany((score, i) => Enumerable.Repeat(score, i % 3))];
        var expected = TailFit.Fit(repeated, null, default)!;
        var found = TailFit.Fit(scores, null, weights)!;
        Assert.Equal((expected.Bound, expected.Share), (found.Bound, found.Share));
        Assert.Equal(expected.Shape, found.Shape, 1e-6);
        Assert.Equal(expected.Spread, found.Spread, 1e-6);
    }

    /// <summary>Where there are very many rows, as many that lie evenly among them stand for them.</summary>
    [Fact]
    public void Many_rows_have_the_tail_of_fewer_that_lie_as_they_do()
    {
        float[] few = [.. Enumerable.Range(1, 4_000).Select(i => (float)-Math.Log(i / 4_001.0))];
        float[] many = [.. few.SelectMany(score => Enumerable.Repeat(score, 40))];
        var (expected, found) = (TailFit.Fit(few, null, default)!, TailFit.Fit(many, null, default)!);
        foreach (float score in (float[])[4, 8, 16])
            Assert.Equal(expected.Surprisal(score), found.Surprisal(score), 0.05 * expected.Surprisal(score));
    }

    [Fact]
    public void A_file_whose_tail_is_out_of_range_is_refused()
    {
        var ensemble = Trainer.Fit(Rows.Normal(500, 3));
        var catalog = new ModelCatalog([EnsembleDetector.Format, ColumnDetector.Format]);
        using var file = new MemoryStream();
        ensemble.Save(file);
        string text = System.Text.Encoding.Latin1.GetString(file.ToArray());
        foreach (var (name, value) in ((string, string)[])[("shape", "-"), ("spread", "-"), ("kind", "x")])
        {
            // One character takes the place of another, so that the header keeps its length.
            int at = text.IndexOf($"member-0/tail/{name}\":\"", StringComparison.Ordinal) + $"member-0/tail/{name}\":\"".Length;
            byte[] changed = System.Text.Encoding.Latin1.GetBytes(text.Remove(at, 1).Insert(at, value));
            Assert.Throws<ModelFormatException>(() => catalog.Load(new MemoryStream(changed)));
        }
    }

    [Fact]
    public void Options_are_read_back_and_checked()
    {
        foreach (var combiner in (ScoreCombiner[])[ScoreCombiner.MeanAndSurprisal(), ScoreCombiner.MeanAndSurprisal(0.0005, 2.5)])
            Assert.Equal(combiner, ScoreCombiner.Parse(combiner.ToText()));
        Assert.Equal(ScoreCombiner.MeanAndSurprisal(), ScoreCombiner.Parse("mean-and-surprisal"));
        foreach (double level in (double[])[0, -1, 0.02, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCombiner.MeanAndSurprisal(level));
        foreach (double gain in (double[])[0, -1, 1001, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCombiner.MeanAndSurprisal(0.001, gain));
    }
}
