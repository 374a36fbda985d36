using AnomalyKit.Persistence;

namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>A restart loses nothing, and a state that does not fit is refused.</summary>
public sealed class StateTests
{
    public static TheoryData<int> All => StreamData.MonitorIndices;

    [Theory]
    [MemberData(nameof(All))]
    public void Saved_at_400_and_fed_200_more_equals_600_uninterrupted(int index)
    {
        // The shift comes close enough to 400 that detections fall on both sides of it.
        double[] values = Clip(StreamData.Values(1, 600, 380, 0.25));
        var whole = StreamData.Monitors()[index];
        var flags = values.Select(whole.Update).ToArray();
        var first = StreamData.Monitors()[index];
        var firstFlags = values[..400].Select(first.Update).ToArray();
        byte[] saved = StreamData.State(first);
        Assert.Equal(saved, StreamData.State(first));
        var second = StreamData.Reload((StreamMonitor)first);
        Assert.Equal(saved, StreamData.State(second));
        bool[] secondFlags = [.. values[400..].Select(second.Update)];
        Assert.Equal(flags, firstFlags.Concat(secondFlags));
        Assert.Equal(whole.Statistic, second.Statistic);
        Assert.Equal(whole.FirstDetectedAt, second.FirstDetectedAt);
        Assert.Equal(whole.LastDetectedAt, second.LastDetectedAt);
        Assert.Equal(StreamData.State(whole), StreamData.State(second));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reading_a_monitor_changes_nothing(int index)
    {
        var monitor = StreamData.Monitors()[index];
        monitor.UpdateAll(StreamData.Values(2, 350));
        byte[] before = StreamData.State(monitor);
        _ = (monitor.Statistic, monitor.Limit, monitor.Count, monitor.Kind, monitor.ToString());
        if (monitor is AdwinMonitor adwin)
            _ = (adwin.WindowMean, adwin.WindowVariance);
        Assert.Equal(before, StreamData.State(monitor));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Off_stays_off(int index)
    {
        var monitor = StreamData.Monitors()[index];
        monitor.UpdateAll(StreamData.Values(2, 50));
        monitor.IsEnabled = false;
        var loaded = StreamData.Reload(monitor);
        Assert.False(loaded.IsEnabled);
        Assert.Equal(0, loaded.UpdateAll(StreamData.Values(3, 500, 0, 0.3)));
        Assert.False(loaded.Update(double.NaN));
        Assert.Equal(50, loaded.Count);
        Assert.Equal(StreamData.State(monitor), StreamData.State(loaded));
        loaded.IsEnabled = true;
        loaded.Update(0.5);
        Assert.Equal(51, loaded.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Values_in_one_call_or_many_are_the_same(int index)
    {
        double[] values = Clip(StreamData.Values(7, 900, 500, 0.3));
        var one = StreamData.Monitors()[index];
        var many = StreamData.Monitors()[index];
        int expected = values.Count(one.Update);
        Assert.Equal(expected, many.UpdateAll(values.AsSpan(0, 123)) + many.UpdateAll(values.AsSpan(123)));
        Assert.Equal(StreamData.State(one), StreamData.State(many));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reset_is_a_new_beginning(int index)
    {
        var monitor = StreamData.Monitors()[index];
        byte[] fresh = StreamData.State(monitor);
        monitor.UpdateAll(Clip(StreamData.Values(7, 900, 500, 0.3)));
        monitor.Reset();
        Assert.Equal(fresh, StreamData.State(monitor));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_refused_value_changes_nothing(int index)
    {
        var monitor = StreamData.Monitors()[index];
        monitor.UpdateAll(StreamData.Values(7, 100));
        byte[] before = StreamData.State(monitor);
        Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Update(double.NaN));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => monitor.UpdateAll([0.5, 0.6, double.NaN, 0.1]));
        Assert.Contains("Value 102 of the stream 'score'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, StreamData.State(monitor));
    }

    [Fact]
    public void Another_subject_is_refused()
    {
        byte[] state = StreamData.State(StreamData.Monitors("column V1")[2]);
        var error = Assert.Throws<ModelFormatException>(() => DriftMonitor.Load(new MemoryStream(state), "column V2"));
        Assert.Contains("belongs to a monitor of 'column V1', and one of 'column V2' was expected", error.Message, StringComparison.Ordinal);
        Assert.Equal("column V1", DriftMonitor.Load(new MemoryStream(state), "column V1").Subject);
    }

    [Fact]
    public void A_detector_is_no_state_and_a_budget_no_monitor()
    {
        var writer = new ModelWriter();
        writer.Set("detector", "isolation-forest");
        using var file = new MemoryStream();
        writer.Save(file);
        file.Position = 0;
        Assert.Contains("holds something else", Assert.Throws<ModelFormatException>(() => DriftMonitor.Load(file)).Message, StringComparison.Ordinal);
        using var budget = new MemoryStream();
        new AlertBudget(AlertThreshold.Fixed(1)).Save(budget);
        budget.Position = 0;
        Assert.Throws<ModelFormatException>(() => DriftMonitor.Load(budget));
    }

    [Fact]
    public void A_state_can_lie_in_a_file()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.state");
        try
        {
            var monitor = StreamData.Monitors()[0];
            monitor.UpdateAll(StreamData.Values(7, 100));
            monitor.Save(path);
            Assert.Equal(StreamData.State(monitor), StreamData.State(DriftMonitor.Load(path, "score")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double[] Clip(double[] values) => Array.ConvertAll(values, value => Math.Clamp(value, 0, 1));
}
