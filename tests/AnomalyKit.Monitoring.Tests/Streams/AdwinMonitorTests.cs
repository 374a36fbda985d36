using AnomalyKit.Monitoring.Adwin;
using FsCheck.Xunit;

namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class AdwinMonitorTests
{
    [Fact]
    public void One_change_is_detected_once()
    {
        var monitor = new AdwinMonitor();
        monitor.UpdateAll(new double[500]);
        Assert.Equal(0, monitor.DetectionCount);
        var flags = Enumerable.Range(0, 1000).Select(_ => monitor.Update(1)).ToList();
        Assert.Equal(1, monitor.DetectionCount);
        int at = flags.IndexOf(true);
        Assert.InRange(at, 0, 40);
        Assert.False(flags[at + 1]);
        Assert.Single(flags, flag => flag);
        Assert.Equal(1, monitor.WindowMean, 0.01);
        Assert.Equal(501 + at, monitor.FirstDetectedAt);
        Assert.Equal(0, monitor.Statistic);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(1000, 17)]
    [InlineData(777, 5)]
    public void One_change_is_detected_once_wherever_it_comes(int quiet, int seed)
    {
        double[] values = StreamData.Values((ulong)seed, 3 * quiet, quiet, 0.4);
        var monitor = new AdwinMonitor();
        monitor.UpdateAll(Array.ConvertAll(values, value => value / 1.4));
        Assert.Equal(1, monitor.DetectionCount);
    }

    [Fact]
    public void Alternating_values_have_the_variance_of_a_coin_and_no_change()
    {
        var monitor = new AdwinMonitor();
        for (int i = 0; i < 1000; i++)
            Assert.False(monitor.Update(i % 2));
        Assert.Equal(1000, monitor.WindowLength);
        Assert.Equal(0.25, monitor.WindowVariance, 1e-12);
        Assert.Equal(0.5, monitor.WindowMean, 1e-12);
    }

    [Property(MaxTest = 100)]
    public void Mean_and_variance_are_those_of_the_values_in_the_window_after_any_merges(ulong seed, ushort length)
    {
        double[] values = StreamData.Values(seed, 1 + (length % 3000), length % 700, 0.3);
        var window = new AdwinWindow(5);
        int kept = 0;
        for (int i = 0; i < values.Length; i++)
        {
            window.Add(values[i]);
            if (i % 32 == 31 && i > 10)
                window.Cut(0.05);
            kept = (int)window.Length;
        }

        double[] inside = values[^kept..];
        double mean = inside.Average();
        Assert.Equal(mean, window.Mean, 1e-12);
        Assert.Equal(inside.Average(value => (value - mean) * (value - mean)), window.Variance, 1e-12);
    }

    [Fact]
    public void It_finds_what_an_independent_implementation_finds()
    {
        var monitor = new AdwinMonitor();
        var found = Detections(monitor, Clipped());
        Assert.Equal(StreamGolden.AdwinFound, found);
        Assert.Equal(StreamGolden.AdwinLength, monitor.WindowLength);
        Assert.Equal(StreamGolden.AdwinMean, monitor.WindowMean, 1e-12);
        Assert.Equal(StreamGolden.AdwinVariance, monitor.WindowVariance, 1e-12);
    }

    [Fact]
    public void Page_Hinkley_finds_what_an_independent_implementation_finds()
    {
        var monitor = new PageHinkleyMonitor { Threshold = 10 };
        Assert.Equal(StreamGolden.PageHinkleyFound, Detections(monitor, Clipped()));
        Assert.Equal(StreamGolden.PageHinkleyUp, monitor.UpwardSum, 1e-9);
        Assert.Equal(StreamGolden.PageHinkleyDown, monitor.DownwardSum, 1e-9);
    }

    [Fact]
    public void Cusum_sums_are_those_of_an_independent_implementation()
    {
        // Two bets share what remains of the confidence: .005 for each.
        var monitor = new RankCusumMonitor(new ReferenceSample(StreamData.Values(5, 100)), referenceConfidence: 0.99);
        monitor.UpdateAll(StreamData.Values(6, 300, 150, 0.1));
        Assert.Equal(StreamGolden.CusumUp, monitor.UpwardSum, 1e-4);
        Assert.Equal(StreamGolden.CusumDown, monitor.DownwardSum, 1e-4);
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void Values_of_another_scale_are_refused_with_the_remedy(double value)
    {
        var monitor = new AdwinMonitor { Subject = "amount" };
        monitor.Update(0.5);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Update(value));
        Assert.Contains("Value 1 of the stream 'amount'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set Reference", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, monitor.Count);
    }

    [Fact]
    public void Memory_grows_with_the_logarithm()
    {
        var monitor = new AdwinMonitor();
        int before = 0;
        foreach (int thousand in new[] { 1, 10, 100 })
        {
            for (long i = monitor.Count; i < thousand * 1000; i++)
                monitor.Update(i % 2);
            int size = StreamData.State(monitor).Length;
            Assert.InRange(size - before, 0, before == 0 ? 3000 : 500);
            before = size;
        }
    }

    private static double[] Clipped()
    {
        double[] values = StreamData.Values(3, 6000, 2000, 0.2);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Max(0, Math.Min(1, values[i] - (i >= 4500 ? 0.3 : 0)));
        return values;
    }

    private static long[] Detections(StreamMonitor monitor, double[] values)
    {
        var found = new List<long>();
        foreach (double value in values)
        {
            if (monitor.Update(value))
                found.Add(monitor.Count);
        }

        return [.. found];
    }
}
