using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>Rows that share a score: p of a score is the share of rows that score at least as high, less half a row.</summary>
public class RankTieTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(100)]
    public void Rows_tied_where_the_tail_begins_count(int higher)
    {
        // 1,000 rows, all of which score at least 2: (1,000 − ½) / 1,001, whether the 2 lies in the body or at the start of the tail.
        float[] scores = [.. Enumerable.Repeat(2f, 1_000 - higher), .. Enumerable.Range(3, higher).Select(i => (float)i)];
        var rank = Rank(scores);
        Assert.Equal(999.5 / 1_001, rank.TailProbability(2), 1e-15);
        Assert.Equal(1, rank.TailProbability(1.9));
        // Above the many, the few count.
        Assert.InRange(rank.TailProbability(2.0001), 0, Math.Max(higher + 0.5, 1) / 1_001);
    }

    [Fact]
    public void Two_values_have_the_shares_of_their_rows()
    {
        // 400 rows score 5, 600 score 1.
        var rank = Rank([.. Enumerable.Repeat(5f, 400), .. Enumerable.Repeat(1f, 600)]);
        Assert.Equal(399.5 / 1_001, rank.TailProbability(5), 1e-15);
        Assert.Equal(999.5 / 1_001, rank.TailProbability(1), 1e-15);
        // No row scores between them: the 400 lie above.
        Assert.Equal(400.0 / 1_001, rank.TailProbability(1.001), 1e-3);
        Assert.Equal(400.0 / 1_001, rank.TailProbability(4.999), 1e-3);
        var surprisal = (TailCalibrator)ScoreCalibration.Rank(TailScale.Surprisal).Fit([.. Enumerable.Repeat(5f, 400), .. Enumerable.Repeat(1f, 600)])!;
        Assert.Equal(-Math.Log10(399.5 / 1_001), surprisal.Calibrate(5), 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(500)]
    public void Rows_tied_at_the_top_count(int tied)
    {
        // They are the whole tail, or its greater part.
        var rank = Rank([.. Enumerable.Repeat(2f, 1_000 - tied), .. Enumerable.Repeat(3f, tied)]);
        Assert.Equal((tied - 0.5) / 1_001, rank.TailProbability(3), 1e-15);
        Assert.Equal(999.5 / 1_001, rank.TailProbability(2), 1e-15);
        rank = Rank([.. Enumerable.Range(0, 1_000 - tied).Select(i => i / 1_000f), .. Enumerable.Repeat(3f, tied)]);
        Assert.Equal((tied - 0.5) / 1_001, rank.TailProbability(3), tied < 5 ? 2e-3 : 1e-15);
    }

    [Fact]
    public void Few_rows_that_tie_have_a_defined_rank()
    {
        Assert.Equal(0.5, Rank([7]).TailProbability(7));
        Assert.Equal(1.5 / 3, Rank([7, 7]).TailProbability(7));
        Assert.Equal(2.5 / 4, Rank([7, 7, 7]).TailProbability(7));
        Assert.Equal(1.5 / 4, Rank([1, 7, 7]).TailProbability(7), 1e-15);
        foreach (float[] scores in (float[][])[[7], [7, 7], [7, 7, 7], [1, 7, 7], [1, 1, 7], [1, 1, 7, 7]])
        {
            var rank = Rank(scores);
            // Nothing is impossible that some rows have not shown, and the farther is the less likely.
            Assert.InRange(rank.TailProbability(8), 1e-6, 1.0 / (scores.Length + 1));
            Assert.True(rank.TailProbability(9) < rank.TailProbability(8));
        }
    }

    [Property(Arbitrary = [typeof(TiedScoresArbitrary)])]
    public void The_probability_never_rises_with_the_score(TiedScores rows)
    {
        var rank = Rank(rows.Scores);
        double previous = 1;
        foreach (float score in rows.Distinct)
        {
            foreach (double at in (double[])[score - 0.01, score, Math.BitIncrement((double)score), score + 0.01])
            {
                double p = rank.TailProbability(at);
                if (!(p <= previous))
                    Assert.Fail($"{rows}: {at} has {p}, a lower score {previous}.");
                previous = p;
            }
        }
    }

    [Property(Arbitrary = [typeof(TiedScoresArbitrary)])]
    public void Ranks_below_the_tail_are_exact(TiedScores rows)
    {
        var rank = Rank(rows.Scores);
        // The tail is the largest ten or hundredth.
        foreach (float score in rows.Distinct.Where(score => rows.CountAbove(score) > Math.Max(10, rows.Scores.Length / 100)))
        {
            Assert.Equal(
                (rows.CountAtLeast(score) - 0.5) / (rows.Scores.Length + 1), rank.TailProbability(score), rows.Scores.Length < 1_000 ? 1e-12 : 2e-3);
        }
    }

    [Property(Arbitrary = [typeof(TiedScoresArbitrary)])]
    public void The_tail_gives_rows_what_their_number_allows(TiedScores rows)
    {
        var rank = Rank(rows.Scores);
        double bound = ((RankTail)rank).Knots[^1];
        int beyond = rows.CountAbove(bound);
        foreach (float score in rows.Distinct.Where(score => score > bound))
        {
            // With −θ the shape over the scale, ln p is −ln(1 − θ·excess) over the mean of the same of all rows beyond the bound. Of these, the rows that
            // score at least as high give a term each that is no smaller, so that p is e^(−beyond / atLeast) or more.
            double inRows = rank.TailProbability(score) * (rows.Scores.Length + 1);
            Assert.InRange(inRows, beyond * Math.Exp(-(double)beyond / rows.CountAtLeast(score)) * (1 - 1e-9), beyond);
        }

        // For the highest score, the mean is no greater than its term.
        if (beyond > 0)
            Assert.InRange(rank.TailProbability(rows.Distinct[^1]) * (rows.Scores.Length + 1), 0, beyond / Math.E * (1 + 1e-9));
    }

    [Fact]
    public void A_tail_with_an_upper_end_is_continued_from_its_mean()
    {
        // 10,000 scores spread evenly over 0 to 1 end at 1: the largest hundredth lies .005 beyond .99 in the mean.
        var rank = Rank([.. Enumerable.Range(1, 10_000).Select(i => i / 10_000f)]);
        foreach (double score in (double[])[0.995, 1, 1.01])
            Assert.Equal(0.01 * Math.Exp(-(score - 0.99) / 0.00505), rank.TailProbability(score), 0.01 * 0.02);
    }

    private static TailCalibrator Rank(float[] scores) => (TailCalibrator)ScoreCalibration.Rank().Fit(scores)!;
}
