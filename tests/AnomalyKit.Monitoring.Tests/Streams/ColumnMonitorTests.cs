namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class ColumnMonitorTests
{
    [Fact]
    public void The_shifted_column_is_named_and_no_other()
    {
        var monitor = new ColumnMonitor(Rows(1, 2000, 10));
        monitor.UpdateAll(Rows(2, 1000, 10));
        Assert.Equal(0, monitor.DetectionCount);
        Assert.Equal(1, monitor.UpdateAll(Rows(3, 400, 10, shifted: 4, shift: 0.2f)));
        Assert.InRange(monitor.FirstDetectedAt!.Value, 1001, 1200);
        Assert.InRange(monitor.DetectedAt(4)!.Value, 1001, 1200);
        Assert.All(Enumerable.Range(0, 10).Except([4]), column => Assert.Null(monitor.DetectedAt(column)));
        Assert.Equal(4, Enumerable.Range(0, 10).MaxBy(monitor.LogCapital));
    }

    [Fact]
    public void The_level_holds_over_all_columns()
    {
        int found = 0;
        Parallel.For(0, 100, seed =>
        {
            var monitor = new ColumnMonitor(Rows((ulong)(2 * seed), 500, 5), falseDetectionProbability: 0.1);
            monitor.UpdateAll(Rows((ulong)((2 * seed) + 1), 3000, 5));
            if (monitor.DetectionCount > 0 || Enumerable.Range(0, 5).Any(column => monitor.DetectedAt(column) is not null))
                Interlocked.Increment(ref found);
        });
        Assert.InRange(found, 0, 19);
    }

    [Fact]
    public void Rows_one_by_one_or_together_and_across_a_restart_are_the_same()
    {
        var reference = Rows(1, 500, 4);
        var rows = Rows(2, 900, 4, shifted: 1, shift: 0.15f);
        var whole = new ColumnMonitor(reference);
        whole.UpdateAll(rows);
        var parts = new ColumnMonitor(reference);
        var row = new double[4];
        for (int i = 0; i < 333; i++)
        {
            rows.Schema.Decode(rows.Cells(i), row);
            parts.Update(row);
        }

        var loaded = StreamData.Reload(parts);
        Assert.Equal(StreamData.State(parts), StreamData.State(loaded));
        loaded.UpdateAll(rows.Slice(333, 567));
        Assert.Equal(StreamData.State(whole), StreamData.State(loaded));
        Assert.NotNull(loaded.FirstDetectedAt);
        Assert.Equal(whole.Statistic, loaded.Statistic);
    }

    [Fact]
    public void Rows_together_are_the_same_beyond_the_range_of_a_double()
    {
        var rows = Rows(2, 3000, 2, shifted: 1, shift: 0.5f);
        var one = new ColumnMonitor(Rows(1, 2000, 2));
        var all = new ColumnMonitor(Rows(1, 2000, 2));
        for (int i = 0; i < rows.RowCount; i++)
            one.Update([rows.Cells(i)[0], rows.Cells(i)[1]]);
        all.UpdateAll(rows);
        Assert.Equal(StreamData.State(one), StreamData.State(all));
        Assert.True(all.LogCapital(1) > 800);
        Assert.False(double.IsNaN(all.Statistic) || double.IsInfinity(all.Statistic));
    }

    [Fact]
    public void Missing_cells_leave_a_column_as_it_is()
    {
        var monitor = new ColumnMonitor(Rows(1, 500, 2));
        for (int i = 0; i < 100; i++)
            monitor.Update([double.NaN, 0.5]);
        Assert.Equal(0, monitor.LogCapital(0));
        Assert.NotEqual(0, monitor.LogCapital(1));
        Assert.Equal(100, monitor.Count);
    }

    [Fact]
    public void Offsets_do_not_matter()
    {
        var near = Rows(1, 500, 1);
        var far = FeatureMatrix.Wrap(near.ContiguousCells(0).ToArray(), new FeatureSchema(["c0"], [1e9]));
        var monitor = new ColumnMonitor(far);
        Assert.Equal(1, monitor.UpdateAll(Rows(2, 400, 1, shifted: 0, shift: 0.1f)));
        Assert.Equal(0, new ColumnMonitor(far).UpdateAll(far));
    }

    [Fact]
    public void Columns_must_be_those_of_the_reference()
    {
        var monitor = new ColumnMonitor(Rows(1, 50, 2));
        Assert.Contains("watches 2 columns", Assert.Throws<ArgumentException>(() => monitor.Update([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("Select these columns", Assert.Throws<ArgumentException>(() => monitor.UpdateAll(Rows(1, 5, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("'c0' has 1 known values", Assert.Throws<ArgumentException>(() => new ColumnMonitor(Rows(1, 1, 2))).Message, StringComparison.Ordinal);
        Assert.Equal(0, monitor.Count);
    }

    public static FeatureMatrix Rows(ulong seed, int rows, int columns, int shifted = 0, float shift = 0)
    {
        float[] cells = Array.ConvertAll(StreamData.Values(seed, rows * columns), value => (float)value);
        for (int row = 0; row < rows; row++)
            cells[(row * columns) + shifted] += shift;
        return FeatureMatrix.Wrap(cells, new FeatureSchema(Enumerable.Range(0, columns).Select(column => $"c{column}")));
    }
}
