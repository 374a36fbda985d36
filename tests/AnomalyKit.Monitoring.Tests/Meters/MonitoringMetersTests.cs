using System.Diagnostics.Metrics;
using AnomalyKit.Monitoring.Tests.Budget;
using AnomalyKit.Monitoring.Tests.Streams;

namespace AnomalyKit.Monitoring.Tests.Meters;

public sealed class MonitoringMetersTests
{
    [Fact]
    public void Every_instrument_says_what_the_monitor_says()
    {
        var monitor = new ScoreMonitor(StreamData.Monitors(), BudgetData.Tracking());
        using var meters = new MonitoringMeters(monitor, tags: [new("model", "forest")]);
        monitor.Update(Array.ConvertAll(StreamData.Values(3, 2000), value => (float)value));
        var snapshot = monitor.Snapshot();
        var found = Collect();
        Assert.Equal(snapshot.Count, found.Single(entry => entry.Name == InstrumentNames.Scores).Value);
        Assert.Equal(snapshot.AlertCount, found.Single(entry => entry.Name == InstrumentNames.Alerts).Value);
        Assert.Equal(snapshot.HeldBackCount, found.Single(entry => entry.Name == InstrumentNames.AlertsHeldBack).Value);
        Assert.Equal(snapshot.AlertFraction, found.Single(entry => entry.Name == InstrumentNames.AlertFraction).Value);
        Assert.Equal(snapshot.AlertThreshold, found.Single(entry => entry.Name == InstrumentNames.AlertThreshold).Value);
        Assert.Equal(snapshot.Monitors.Select(status => (double)status.DetectionCount), found.Where(entry => entry.Name == InstrumentNames.DriftDetections).Select(entry => entry.Value));
        Assert.Equal(snapshot.Monitors.Select(status => status.Limit), found.Where(entry => entry.Name == InstrumentNames.DriftLimit).Select(entry => entry.Value));
        Assert.Equal(snapshot.Monitors.Select(status => status.Statistic), found.Where(entry => entry.Name == InstrumentNames.DriftStatistic).Select(entry => entry.Value));
        Assert.Equal(5, found.Count(entry => entry.Name == InstrumentNames.MartingaleLogCapital));
        Assert.All(found, entry => Assert.Equal("forest", entry.Tags["model"]));
        Assert.All(found.Where(entry => entry.Name == InstrumentNames.DriftStatistic), entry => Assert.Equal("score", entry.Tags["anomalykit.monitor.subject"]));
    }

    [Fact]
    public void Detections_are_counted_over_resets_and_restarts()
    {
        var monitor = new ScoreMonitor([new AdwinMonitor()], columns: new ColumnMonitor(ColumnMonitorTests.Rows(1, 100, 2)));
        var meters = new MonitoringMeters(monitor);
        float[] change = [.. StreamData.Values(3, 4000).Select((value, i) => (float)(value + (i < 2000 ? 0 : 1)) / 2)];
        monitor.Update(change);
        double once = Detections();
        Assert.InRange(once, 1, 100);
        monitor.ResetMonitors();
        Assert.Equal(once, Detections());
        Assert.Equal((0L, (long)once), (monitor.Snapshot().Monitors[0].DetectionCount, monitor.Snapshot().Monitors[0].TotalDetectionCount));
        monitor.Update(change);
        Assert.Equal(2 * once, Detections());
        meters.Dispose();
        monitor.ResetMonitors();
        using var file = new MemoryStream();
        monitor.Save(file);
        file.Position = 0;
        using var again = new MonitoringMeters(ScoreMonitor.Load(file));
        Assert.Equal(2 * once, Detections());

        static double Detections() => Collect().Where(entry => entry.Name == InstrumentNames.DriftDetections).Sum(entry => entry.Value);
    }

    [Fact]
    public void Units_are_those_of_the_convention()
    {
        var units = new Dictionary<string, string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Note(units, instrument) };
        using var meters = new MonitoringMeters(new ScoreMonitor([], BudgetData.Tracking()));
        listener.Start();
        Assert.Equal("{score}", units[InstrumentNames.Scores]);
        Assert.Equal("{alert}", units[InstrumentNames.Alerts]);
        Assert.Equal("{detection}", units[InstrumentNames.DriftDetections]);
        Assert.Equal("1", units[InstrumentNames.AlertFraction]);
        Assert.Equal(9, units.Count);
    }

    [Fact]
    public void Without_a_budget_there_are_no_instruments_of_alerts()
    {
        using var meters = new MonitoringMeters(new ScoreMonitor([]));
        Assert.DoesNotContain(Collect(), entry => entry.Name.Contains("alert", StringComparison.Ordinal));
    }

    [Fact]
    public void A_factory_keeps_its_meter_and_gets_no_measurements_after_disposal()
    {
        using var factory = new Factory();
        var meters = new MonitoringMeters(new ScoreMonitor([]), factory);
        Assert.Equal(MonitoringMeters.MeterName, factory.Meter!.Name);
        Assert.NotEmpty(Collect());
        meters.Dispose();
        Assert.Empty(Collect());
    }

    private static void Note(Dictionary<string, string?> units, Instrument instrument)
    {
        if (instrument.Meter.Name == MonitoringMeters.MeterName)
            units[instrument.Name] = instrument.Unit;
    }

    private static List<(string Name, double Value, Dictionary<string, object?> Tags)> Collect()
    {
        var found = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == MonitoringMeters.MeterName)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => found.Add((instrument.Name, value, tags.ToArray().ToDictionary())));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => found.Add((instrument.Name, value, tags.ToArray().ToDictionary())));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private sealed class Factory : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new Meter(options);

        public void Dispose() => Meter?.Dispose();
    }
}
