namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Values and missing cells are two tests of a column: what one finds does not hide what the other finds.</summary>
public class TwoTestsTests
{
    [Fact]
    public void A_shift_is_found_where_a_smaller_change_of_missing_cells_is_more_significant()
    {
        // D is 0.15, and 1.9 % of the cells went missing: below the least change that counts, but far more significant against 100,000 rows than D against 8,192 sampled ones.
        var drift = Drift(100_000, 0.15, 0, 19);
        Assert.True(drift.MissingPValue == double.Epsilon && drift.LogPValue is < -300 and > -400, drift.ToString());
        Assert.Equal((DriftStatus.Drifted, false), (drift.Status, drift.IsMissingDrift));
        Assert.InRange(drift.DriftEffect, 0.145, 0.155);
        Assert.StartsWith("median", drift.Change, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_cells_are_found_where_a_smaller_shift_is_more_significant()
    {
        var drift = Drift(2_000, 0.09, 30, 51);
        Assert.True(drift.PValue < 1e-5 && drift.MissingPValue is > 1e-4 and < 0.01, $"{drift.PValue}, {drift.MissingPValue}");
        Assert.InRange(drift.Effect, 0.08, 0.0999);
        Assert.Equal((DriftStatus.Drifted, true), (drift.Status, drift.IsMissingDrift));
        Assert.Equal("missing 3 % → 5.1 %", drift.Change);
    }

    [Fact]
    public void The_smaller_p_value_names_what_drifted_where_both_did()
    {
        Assert.True(Drift(2_000, 0.5, 0, 30) is { IsDrifted: true, IsMissingDrift: false });
        Assert.True(Drift(2_000, 0.11, 0, 400) is { IsDrifted: true, IsMissingDrift: true });
    }

    [Fact]
    public void Two_changes_that_are_too_small_to_matter_are_no_drift() =>
        Assert.Equal(DriftStatus.Stable, Drift(2_000, 0.09, 30, 48).Status);

    [Fact]
    public void Each_test_is_doubled_and_adjusted_for_the_other_columns()
    {
        var alone = Drift(2_000, 0, 30, 51);
        double p = alone.MissingPValue;
        Assert.True(alone.IsMissingDrift);
        Assert.Equal(2 * p, alone.AdjustedPValue, 12);
        Assert.False(Drift(2_000, 0, 30, 51, level: 1.99 * p).IsDrifted);
        Assert.True(Drift(2_000, 0, 30, 51, level: 2.01 * p).IsDrifted);
        Assert.False(Drift(2_000, 0, 30, 51, level: 9.99 * 2 * p, others: 9).IsDrifted);
        Assert.True(Drift(2_000, 0, 30, 51, level: 10.01 * 2 * p, others: 9).IsDrifted);
    }

    private static ColumnDrift Drift(int rows, double shift, int missingBefore, int missingNow, double level = 0.05, int others = 0)
    {
        var profile = ReferenceProfile.Of(Rows(rows, 0, missingBefore, others));
        var window = new DriftWindow(profile);
        window.Add(Rows(rows, shift, missingNow, others));
        return DriftComparison.Compare(profile, window, new DriftOptions { Level = level })["x"];
    }

    /// <summary>Even values from 0 to 1, of which so many in a thousand are missing, all over them; and columns in which nothing moves.</summary>
    private static FeatureTable Rows(int rows, double shift, int missing, int others)
    {
        double[] values = [.. Enumerable.Range(0, rows).Select(i => (long)i * 379 % 1000 < missing ? double.NaN : ((double)i / rows) + shift)];
        double[] still = [.. Enumerable.Range(0, rows).Select(i => (double)i)];
        return new FeatureTable([new DoubleColumn("x", values), .. Enumerable.Range(0, others).Select(i => new DoubleColumn($"still{i}", still))]);
    }
}
