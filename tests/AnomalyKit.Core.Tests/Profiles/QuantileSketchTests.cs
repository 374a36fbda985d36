using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>Counts, ends, weights and ranks, on the cases in which other sketches were reported to lose them.</summary>
public class QuantileSketchTests
{
    [Fact]
    public void Negative_values_and_zeros_survive_merges()
    {
        // DataDog/sketches-js #22, mheffner/rust-sketches-ddsketch #16.
        var sketch = Of(-5, -3);
        sketch.Merge(Of(1));
        sketch.Merge(Of(0));
        Assert.Equal((4, -5, 1), (sketch.Count, sketch.Minimum, sketch.Maximum));
        Assert.Equal([-5, -3, 0, 1], sketch.KeptValues.ToArray());
        Assert.Equal((-5, -3, 1), (sketch.Quantile(0), sketch.Quantile(0.5), sketch.Quantile(1)));
        var negative = Of(-5, -3);
        negative.Merge(Of(-7));
        Assert.Equal((-7, -3), (negative.Minimum, negative.Maximum));
    }

    [Fact]
    public void Repeated_values_count_in_full()
    {
        // awslabs/deequ PR #765.
        var sketch = Of(1, 1, 2);
        Assert.Equal(2.0 / 3, sketch.Rank(1));
        Assert.Equal(0, sketch.Rank(1, isInclusive: false));
        Assert.Equal(1, sketch.Rank(2));
        Assert.Equal(2.0 / 3, sketch.Rank(2, isInclusive: false));
        Assert.Equal((0, 1), (sketch.Rank(0.5), sketch.Rank(3)));
        Assert.Equal((1, 1, 2), (sketch.Quantile(0.5), sketch.Quantile(2.0 / 3), sketch.Quantile(0.67)));
    }

    [Fact]
    public void Weights_add_up_after_every_single_value()
    {
        // thanos/ex_data_sketch #361: odd thinnings made the weight drift.
        var sketch = new QuantileSketch(capacity: 64);
        var random = new CounterRandom(5);
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        for (int n = 1; n <= 5000; n++)
        {
            double value = random.NextGaussian();
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            sketch.Add(value);
            Assert.Equal(n, sketch.Count);
            Assert.Equal(n, sketch.CumulativeCounts.Span[^1]);
            Assert.Equal((least, greatest), (sketch.Minimum, sketch.Maximum));
            Assert.True(sketch.KeptValues.Length <= 3.5 * 64, $"{sketch.KeptValues.Length} values are kept.");
        }
    }

    [Fact]
    public void Empty_sketches_add_nothing_and_answer_with_an_error()
    {
        var sketch = new QuantileSketch();
        sketch.Merge(new QuantileSketch());
        Assert.Equal(0, sketch.Count);
        Assert.Contains("empty", Assert.Throws<InvalidOperationException>(() => sketch.Quantile(0.5)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => sketch.Rank(0));
        Assert.Throws<InvalidOperationException>(() => sketch.Minimum);
        Assert.Equal(0, sketch.RankError);
        sketch.Merge(Of(7));
        Assert.Equal((1, 7, 7, 7), (sketch.Count, sketch.Minimum, sketch.Quantile(0.5), sketch.Maximum));
        sketch.Merge(new QuantileSketch());
        Assert.Equal((1, 7, 7), (sketch.Count, sketch.Minimum, sketch.Maximum));
    }

    [Fact]
    public void Sketches_of_other_accuracy_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new QuantileSketch(1024).Merge(new QuantileSketch(512)));
        Assert.Contains("1024 and 512", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => QuantileSketch.Merge(new QuantileSketch(1024), new QuantileSketch(512)));
        Assert.Throws<ArgumentException>(() => QuantileSketch.Merge());
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch(63));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch((1 << 20) + 1));
    }

    [Fact]
    public void What_is_no_finite_number_never_enters()
    {
        // tdunning/t-digest PR #145, #165.
        var sketch = new QuantileSketch();
        Assert.Equal(2, sketch.Add([1, double.NaN, 2, double.NaN]));
        Assert.Equal(1, sketch.Add([float.NaN, 3f]));
        Assert.Equal(0, sketch.Add([double.NaN]));
        Assert.Equal([1, 2, 3], sketch.KeptValues.ToArray());
        Assert.Throws<ArgumentException>(() => sketch.Add(double.NaN));
        Assert.Throws<ArgumentException>(() => sketch.Add(double.NegativeInfinity));
        Assert.Contains("Value 1 is", Assert.Throws<ArgumentException>(() => sketch.Add([4, double.PositiveInfinity])).Message, StringComparison.Ordinal);
        Assert.Contains("Value 2 is", Assert.Throws<ArgumentException>(() => sketch.Add([4f, float.NaN, float.NegativeInfinity])).Message, StringComparison.Ordinal);
        Assert.Equal(3, sketch.Count);
        Assert.Throws<ArgumentException>(() => sketch.Rank(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(1.1));
        Assert.Equal((0, 1), (sketch.Rank(double.NegativeInfinity), sketch.Rank(double.PositiveInfinity)));
    }

    [Fact]
    public void Sums_beyond_what_a_double_holds_do_not_pass_for_missing_values()
    {
        var sketch = new QuantileSketch();
        Assert.Equal(5, sketch.Add([double.MaxValue, double.MaxValue, -double.MaxValue, -double.MaxValue, double.Epsilon]));
        Assert.Equal(double.Epsilon, sketch.Quantile(0.5));
    }

    [Property(MaxTest = 100)]
    public bool A_zero_has_no_sign_and_order_is_that_of_numbers(double[] values)
    {
        double[] finite = [.. (values ?? []).Where(double.IsFinite), -0.0, 0.0, -1, 1];
        var sketch = new QuantileSketch();
        sketch.Add(finite);
        return sketch.KeptValues.Span.SequenceEqual(finite.Order().Select(value => value + 0.0).ToArray());
    }

    [Fact]
    public void Few_values_are_kept_as_they_are()
    {
        var sketch = new QuantileSketch();
        sketch.Add(Normal(7168, 1));
        Assert.Equal(0, sketch.RankError);
        Assert.Equal(7168, sketch.KeptValues.Length);
        sketch.Add(Normal(3000, 2));
        Assert.True(sketch.RankError > 0);
    }

    [Fact]
    public void One_by_one_or_in_any_batches_it_is_the_same_sketch()
    {
        double[] values = Normal(30_000, 3);
        var whole = new QuantileSketch(capacity: 100);
        whole.Add(values);
        var single = new QuantileSketch(capacity: 100);
        foreach (double value in values)
            single.Add(value);
        var batches = new QuantileSketch(capacity: 100);
        for (int start = 0, length = 1; start < values.Length; start += length, length = (length * 7 % 1000) + 1)
            batches.Add(values.AsSpan(start, Math.Min(length, values.Length - start)));
        Assert.Equal(whole, single);
        Assert.Equal(whole, batches);
        Assert.NotEqual(whole, Reseeded(values));

        static QuantileSketch Reseeded(double[] values)
        {
            var sketch = new QuantileSketch(capacity: 100, seed: 1);
            sketch.Add(values);
            return sketch;
        }
    }

    [Fact]
    public void Reading_changes_nothing()
    {
        // apache/datasketches-java #756: a query before saving corrupted the copy.
        double[] values = Normal(20_000, 4);
        var read = new QuantileSketch(capacity: 100);
        var unread = new QuantileSketch(capacity: 100);
        foreach (double value in values)
        {
            read.Add(value);
            unread.Add(value);
            if (value > 2)
                _ = read.Quantile(0.3) + read.Rank(0) + read.RankError + read.KeptValues.Length;
        }

        Assert.Equal(unread, read);
        Assert.Equal(unread, read.Copy());
    }

    private static QuantileSketch Of(params double[] values)
    {
        var sketch = new QuantileSketch();
        sketch.Add(values);
        return sketch;
    }

    internal static double[] Normal(int count, ulong stream)
    {
        var random = new CounterRandom(77, stream);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextGaussian();
        return values;
    }
}
