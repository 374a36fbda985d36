using AnomalyKit.Monitoring.Statistics;
using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>What users of other monitors reported, as small cases with the right answer.</summary>
public class WindowTrapTests
{
    [Fact]
    public void Equal_fractions_of_different_sizes_are_no_drift()
    {
        // whylabs/whylogs #492, #491: counts of the reference were taken for exact expectations.
        Assert.Equal((0, 1), Chi([200, 1000], [20, 100]));
        var (statistic, p) = Chi([13, 37], [24, 26]);
        Assert.Equal(5.1909, statistic, 4);
        Assert.Equal(0.0227, p, 4);
        Assert.Equal(Chi([24, 26], [13, 37]), (statistic, p));

        static (double Statistic, double P) Chi(double[] a, double[] b)
        {
            var (statistic, _, log, _) = ChiSquared.Test(a, b);
            return (Math.Round(statistic, 12), Math.Exp(log));
        }
    }

    [Fact]
    public void Empty_cells_leave_the_stability_index_finite_and_ordered()
    {
        // evidentlyai/evidently #334, ing-bank/probatus #115.
        Assert.Equal(2.6254, Divergence.StabilityIndex([50, 50], [100, 0]), 4);
        Assert.Equal(0, Divergence.StabilityIndex([50, 50], [50, 50]));
        Assert.Equal(0, Divergence.StabilityIndex([7, 0, 3], [7, 0, 3]));
        foreach (double scale in (double[])[1, 1e4, 1e6])
        {
            // A rare level of one in a million does not outrank a shift of a tenth.
            double rare = Divergence.StabilityIndex([scale * 1e6, 0], [scale * 1e6, scale]);
            double real = Divergence.StabilityIndex([scale * 5e5, scale * 5e5], [scale * 4e5, scale * 6e5]);
            Assert.True(rare < real && double.IsFinite(rare), $"{rare} and {real} at {scale}.");
        }
    }

    [Fact]
    public void Ties_are_passed_together()
    {
        // SciPy #6575: stepping through equal values one side first gave 0.75.
        var steps = new TwoSteps(Sketch(1, 1, 1, 2), Sketch(1, 2, 2, 2));
        Assert.Equal(0.5, steps.Distance);
        Assert.Equal(0.5, steps.Area);
    }

    [Fact]
    public void Far_tails_never_are_0_and_keep_their_order()
    {
        double[] lambdas = [1, 5, 20, 30, 100, 1e4];
        double before = 1;
        foreach (double lambda in lambdas)
        {
            double log = KolmogorovSmirnov.LogLimit(2, 2, lambda);
            Assert.True(log < before && double.IsFinite(log));
            before = log;
        }

        // All of 1,000 below all of 1,000: 2 of C(2000, 1000) paths, fewer than a double can say.
        var apart = Drift([.. Enumerable.Range(0, 1000).Select(i => (double)i)], [.. Enumerable.Range(0, 1000).Select(i => i + 5000.0)]);
        Assert.True(apart.PValue > 0 && apart.LogPValue < -900 && apart.IsDrifted);
    }

    [Fact]
    public void A_large_difference_of_large_samples_is_no_p_of_1()
    {
        var random = new CounterRandom(1);
        double[] a = [.. Enumerable.Range(0, 3500).Select(_ => random.NextGaussian())];
        double[] b = [.. Enumerable.Range(0, 4000).Select(_ => random.NextGaussian() + 0.45)];
        Assert.InRange(Drift(a, b).LogPValue, -250, -70);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.02, false)]
    [InlineData(0.5, true)]
    public void Sketches_of_a_million_rows_find_no_drift_where_there_is_none(double shift, bool isDrifted)
    {
        // whylabs/whylogs #684: p from 3e-7 to 0.74 over ten runs on the same data; evidently #50: everything drifts.
        const int Count = 1_000_000;
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 0, 1 }, 1));
        float[] values = Normal(Count, 1, 0);
        float[] others = Normal(Count, 2, shift);
        for (ulong seed = 0; seed < (shift == 0 ? 20UL : 3); seed++)
        {
            var a = new DriftWindow(profile, seed: 2 * seed);
            var b = new DriftWindow(profile, seed: (2 * seed) + 1);
            a.Add(FeatureMatrix.Wrap(values, 1));
            b.Add(FeatureMatrix.Wrap(others, 1));
            var drift = DriftComparison.Compare(a, b).Columns[0];
            Assert.True(drift.SketchError is > 0 and < 0.01);
            Assert.Equal(isDrifted, drift.IsDrifted);
            if (shift == 0)
                Assert.True(drift.PValue > 0.05, $"p {drift.PValue}, D {drift.Effect}");
        }
    }

    [Fact]
    public void A_significant_difference_that_is_too_small_to_matter_is_no_drift()
    {
        // evidentlyai/evidently #50.
        var drift = Drift(Array.ConvertAll(Normal(7000, 3, 0), value => (double)value), Array.ConvertAll(Normal(7000, 4, 0.1), value => (double)value));
        Assert.True(drift.PValue < 1e-4 && drift.Status == DriftStatus.Stable, drift.ToString());
    }

    [Fact]
    public void What_the_sketches_cannot_tell_is_said_to_be_so()
    {
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(new float[] { 0, 1 }, 1));
        var a = new DriftWindow(profile, seed: 1);
        var b = new DriftWindow(profile, seed: 2);
        a.Add(FeatureMatrix.Wrap(Normal(400_000, 5, 0), 1));
        b.Add(FeatureMatrix.Wrap(Normal(400_000, 6, 0.012), 1));
        Assert.Equal(DriftStatus.NotResolvable, DriftComparison.Compare(a, b, new DriftOptions { MinEffect = 0 }).Columns[0].Status);
    }

    [Fact]
    public void Eight_rows_are_not_enough()
    {
        // evidentlyai/evidently #509.
        var drift = Drift([.. Enumerable.Range(0, 100).Select(i => (double)i)], [1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007]);
        Assert.Equal((DriftStatus.NotEnoughData, 1.0), (drift.Status, drift.PValue));
    }

    [Fact]
    public void Constant_columns_are_equal_or_clearly_not()
    {
        // evidentlyai/evidently #1929, NannyML/nannyml #339.
        var same = Drift(Repeat(3.0, 50), Repeat(3.0, 40));
        Assert.Equal((1.0, 0.0, 0.0, 0.0, DriftStatus.Stable), (same.PValue, same.Wasserstein, same.StabilityIndex, same.JensenShannon, same.Status));
        var other = Drift(Repeat(3.0, 50), Repeat(4.0, 40));
        Assert.True(other.IsDrifted);
        Assert.Equal((1.0, 1000.0), (other.Effect, Math.Round(other.Wasserstein, 9)));
        Assert.True(other.StabilityIndex > 1 && double.IsFinite(other.StabilityIndex));
        Assert.True(Drift(Repeat(3.0, 50), Repeat(2.0, 40)) is { IsDrifted: true, StabilityIndex: > 1 });
    }

    [Fact]
    public void Categories_of_one_level_are_equal_whatever_the_sizes()
    {
        var profile = ReferenceProfile.Of(Words(Repeat("a", 50)));
        var window = new DriftWindow(profile);
        window.Add(Words(Repeat("a", 30)));
        var drift = DriftComparison.Compare(profile, window).Columns[0];
        Assert.Equal((1.0, 0.0, 0.0, DriftStatus.Stable), (drift.PValue, drift.Effect, drift.StabilityIndex, drift.Status));
        var unseen = new DriftWindow(profile);
        unseen.Add(Words(Repeat("b", 30)));
        Assert.True(DriftComparison.Compare(profile, unseen).Columns[0] is { IsDrifted: true, Effect: > 0.99 });
    }

    [Fact]
    public void A_column_that_went_missing_is_noticed()
    {
        var profile = ReferenceProfile.Of(FeatureMatrix.Wrap(Normal(500, 7, 0), 1));
        var window = new DriftWindow(profile);
        window.Add(FeatureMatrix.Wrap(Repeat(float.NaN, 100), 1));
        var comparison = DriftComparison.Compare(profile, window);
        Assert.True(comparison.Columns[0] is { IsDrifted: true, IsMissingDrift: true, MissingEffect: 1, CurrentMissingFraction: 1, ReferenceMissingFraction: 0, MissingPValue: < 1e-50, PValue: 1 });
        Assert.StartsWith("f0: Drifted, effect 1, p ", comparison.Columns[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("drifted: missing cells", new DriftReport(comparison).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("\"drifted\": true", new DriftReport(comparison).ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", new DriftReport(comparison).ToJson() + new DriftReport(comparison).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tiny_change_of_few_distinct_numbers_is_one_of_numbers()
    {
        // NannyML/nannyml #397: numbers that were switched to categories drifted totally from 1.0 to 1.0001.
        double[] before = [.. Enumerable.Range(0, 300).Select(i => (double)(i % 3))];
        double[] after = [.. before.Select(value => value * 1.0001)];
        var drift = Drift(before, after);
        Assert.Equal(ColumnKind.Number, drift.Kind);
        Assert.True(drift.Wasserstein < 0.001);
    }

    [Fact]
    public void Values_at_the_ends_of_doubles_give_finite_numbers()
    {
        double[] wild = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? double.MaxValue : -double.MaxValue)];
        foreach (var drift in (ColumnDrift[])[Drift(wild, wild), Drift(wild, Repeat(0.0, 100)), Drift(Repeat(0.0, 100), wild), Drift(Repeat(double.Epsilon, 50), Repeat(-double.Epsilon, 50))])
        {
            foreach (double number in (double[])[drift.Wasserstein, drift.Effect, drift.StabilityIndex, drift.JensenShannon, drift.PValue, drift.LogPValue, .. drift.Histogram!.Edges, .. drift.Histogram.Current])
                Assert.True(double.IsFinite(number), $"{number} in {drift}");
        }
    }

    internal static ColumnDrift Drift(double[] reference, double[] current, DriftOptions? options = null)
    {
        var profile = ReferenceProfile.Of(new FeatureTable(new DoubleColumn("x", reference)));
        var (a, b) = (new DriftWindow(profile, seed: 1), new DriftWindow(profile, seed: 2));
        a.Add(new FeatureTable(new DoubleColumn("x", reference)));
        b.Add(new FeatureTable(new DoubleColumn("x", current)));
        return DriftComparison.Compare(a, b, options).Columns[0];
    }

    internal static float[] Normal(int count, ulong stream, double shift)
    {
        var random = new CounterRandom(11, stream);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(random.NextGaussian() + shift);
        return values;
    }

    private static FeatureTable Words(string[] words) => new(CategoryColumn.FromWords("w", words));

    private static T[] Repeat<T>(T value, int count) => [.. Enumerable.Repeat(value, count)];

    private static QuantileSketch Sketch(params double[] values)
    {
        var sketch = new QuantileSketch();
        sketch.Add(values);
        return sketch;
    }
}
