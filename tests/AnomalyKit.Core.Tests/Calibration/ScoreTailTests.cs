using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>Where the tail of scores begins, counted by hand.</summary>
public class ScoreTailTests
{
    private static readonly float[] Thousands = [.. Enumerable.Range(0, 5_000).Select(i => (float)i)];

    [Fact]
    public void A_tail_is_a_fraction_of_the_scores_and_at_least_ten()
    {
        Assert.Equal(new ScoreTail(4_949, 50), ScoreTail.Of(Thousands, 0.01));
        Assert.Equal(new ScoreTail(4_989, 10), ScoreTail.Of(Thousands, 1e-4));
        Assert.Equal(new ScoreTail(0, 4_999), ScoreTail.Of(Thousands, 1));
        Assert.Equal(new ScoreTail(1, 4), ScoreTail.Of([1, 2, 3, 4, 5], 0.01));
        Assert.Equal(new ScoreTail(7, 0), ScoreTail.Of([7], 0.01));
    }

    [Fact]
    public void Half_of_a_tail_that_is_one_score_lies_below_it()
    {
        // Ten scores: five of them 50, or one of the two in the middle.
        float[] below = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        Check(50, 5, [.. below, 50, 50, 50, 50, 50, 51, 52, 53, 54, 55]);
        Check(60, 0, [.. below, 51, 52, 53, 54, 55, 60, 60, 60, 60, 60]);
        // Four of ten stay where they are.
        Check(19, 10, [.. below, 50, 50, 50, 50, 51, 52, 53, 54, 55, 56]);
        // Above one such score there may be another.
        Check(60, 1, [.. below, 50, 50, 50, 50, 50, 50, 60, 60, 60, 61]);

        static void Check(double bound, int beyond, float[] scores)
        {
            Assert.Equal(new ScoreTail(bound, beyond), ScoreTail.Of(scores, 0));
            Assert.Equal((bound, (double)beyond), ScoreTail.Of(new WeightedScores(scores, [.. scores.Select(_ => 1.0)]), 0));
        }
    }

    [Fact]
    public void Scores_that_count_several_times_have_the_tail_of_their_repetitions()
    {
        var random = new CounterRandom(9);
        for (int trial = 0; trial < 400; trial++)
        {
            // From few different scores to many, so that most trials have ties and some have none.
            int different = 3 << (trial % 10);
            float[] scores = [.. Enumerable.Range(0, 1 + random.NextInt32(700)).Select(_ => (float)random.NextInt32(different)).Order()];
            double[] weights = [.. scores.Select(_ => 1.0 + random.NextInt32(1 + (trial % 5)))];
            float[] repeated = [.. scores.SelectMany((score, i) => Enumerable.Repeat(score, (int)weights[i]))];
            foreach (double fraction in (double[])[0.01, 0.1, 0.6])
            {
                var expected = ScoreTail.Of(repeated, fraction);
                Assert.Equal((expected.Bound, expected.Beyond), ScoreTail.Of(new WeightedScores(scores, weights), fraction));
            }
        }
    }

    [Fact]
    public void Parts_of_scores_have_a_tail_too()
    {
        // All of the weight is less than one row.
        Assert.Equal((1.0, 0.5), ScoreTail.Of(new WeightedScores([1, 2], [0.25, 0.5]), 0.01));
    }
}
