using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Numerics;

public class RowCopiesTests
{
    [Fact]
    public void Whole_weights_draw_what_repeated_rows_draw()
    {
        double[] weights = [3, 1, 2, 5];
        int[] owners = [0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 3];
        var copies = new RowCopies(weights);
        Assert.Equal(11, copies.Count);
        Assert.Equal(owners, Enumerable.Range(0, 11).Select(copy => copies.RowAt(copy)));
        for (ulong seed = 0; seed < 50; seed++)
        {
            var one = new CounterRandom(seed);
            var other = new CounterRandom(seed);
            int[] drawn = new int[(int)(seed % 11) + 1];
            int[] expected = new int[drawn.Length];
            copies.Sample(ref one, drawn);
            other.SampleWithoutReplacement(11, expected);
            Assert.Equal(expected.Select(copy => owners[copy]), drawn);
        }
    }

    [Fact]
    public void Parts_of_rows_are_drawn_in_proportion_to_what_is_left()
    {
        // Two draws from 0.5, 2.5 and 1: the second is in proportion to what the first left.
        double[] weights = [0.5, 2.5, 1];
        var expected = new double[3, 3];
        for (int first = 0; first < 3; first++)
        {
            double[] left = [.. weights];
            left[first] = Math.Max(0, left[first] - 1);
            for (int second = 0; second < 3; second++)
                expected[first, second] = weights[first] / 4 * left[second] / left.Sum();
        }

        const int Draws = 100_000;
        var copies = new RowCopies(weights);
        var counts = new int[3, 3];
        var sample = new int[2];
        for (ulong draw = 0; draw < Draws; draw++)
        {
            var random = new CounterRandom(7, draw);
            copies.Sample(ref random, sample);
            counts[sample[0], sample[1]]++;
        }

        foreach (int first in (int[])[0, 1, 2])
        {
            foreach (int second in (int[])[0, 1, 2])
            {
                double probability = expected[first, second];
                double noise = 5 * Math.Sqrt(Draws * probability * (1 - probability));
                Assert.InRange(counts[first, second], (Draws * probability) - noise, (Draws * probability) + noise);
            }
        }
    }

    [Fact]
    public void All_copies_can_be_drawn()
    {
        double[] weights = [.. Enumerable.Range(0, 300).Select(row => 0.05 + (row % 7 * 0.3))];
        var copies = new RowCopies(weights);
        var random = new CounterRandom(2);
        var sample = new int[copies.Count];
        copies.Sample(ref random, sample);
        for (int row = 0; row < weights.Length; row++)
            Assert.InRange(sample.Count(other => other == row), 0, (int)Math.Ceiling(weights[row]));
    }

    [Fact]
    public void Any_sum_of_weights_can_be_drawn_from()
    {
        foreach (double factor in (double[])[1, 1e3, 1e9, 1e18, 1e300])
        {
            double[] weights = [factor, 2.5 * factor, factor];
            var copies = new RowCopies(weights);
            var random = new CounterRandom(1);
            var sample = new int[Math.Min(copies.Count, 1000)];
            copies.Sample(ref random, sample);
            Assert.All(sample, row => Assert.InRange(row, 0, 2));
            Assert.InRange(copies.Draw(ref random), 0, 2);
        }
    }
}
