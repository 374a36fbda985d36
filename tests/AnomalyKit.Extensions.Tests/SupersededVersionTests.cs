using System.Diagnostics.Metrics;
using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Extensions.Tests;

/// <summary>What is measured of versions that stay in the folder when a newer one has come.</summary>
public sealed class SupersededVersionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_version_that_a_newer_one_replaced_is_measured_only_while_it_is_asked()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var clock = new TestClock();
        using var monitor = ModelMonitor.Create("m", "1", Payments.Fit(1, rows: 2000), new ModelMonitoringOptions { SampleEvery = 1, WindowRows = 500, WindowDuration = TimeSpan.Zero }, factory, clock)!;
        monitor.SetSuperseded(true);
        Assert.Equal(0, DriftGauges.Of(factory, waits: true)["missing_rows"]);
        Ask(rows: 100);
        Assert.Equal(400, DriftGauges.Of(factory, waits: true)["missing_rows"]);
        Ask(rows: 400);
        string[] names = [.. DriftGauges.Of(factory).Keys];
        Assert.Equal((1, true), (DriftGauges.Of(factory)["is_drifted"], DriftGauges.Of(factory)["effect c0"] > 0.1));

        clock.Now += TimeSpan.FromHours(1);
        monitor.TakeIn();
        Assert.Equal(names, DriftGauges.Of(factory).Keys);
        Assert.All(DriftGauges.Of(factory).Values, value => Assert.Equal(0, value));
        // The answer of the route is about the rows that there were, and stays.
        Assert.True(monitor.Snapshot().IsDrifted);
        Ask(rows: 1);
        Assert.Equal(1, DriftGauges.Of(factory)["is_drifted"]);
        clock.Now += TimeSpan.FromHours(1);
        monitor.SetSuperseded(false);
        Assert.Equal(1, DriftGauges.Of(factory)["is_drifted"]);

        void Ask(int rows)
        {
            monitor.Offer(Payments.Values(71, rows, shift: 8), new float[rows]);
            monitor.TakeIn();
        }
    }

    [Fact]
    public async Task The_newest_version_is_measured_and_rows_that_an_older_one_lacks_are_not_waited_for()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root, Monitoring = { SampleEvery = 1, WindowRows = 500 } };
        using var pool = new DetectorPool([], () => options, new Serving.Loading.ModelLoader(meters: null, factory, () => options.Monitoring), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        _folder.Save("m/1/model.akm", Payments.Fit(1, rows: 2000));
        await pool.ReloadAsync();
        Assert.Equal([500], Missing());
        _folder.Save("m/2/model.akm", Payments.Fit(2, rows: 2000));
        await pool.ReloadAsync();
        Assert.Equal([0, 500], Missing());
        await pool.UnloadAsync("m", "2");
        Assert.Equal([0, 500], Missing());
        Assert.Equal("1", pool.GetModel("m").Version);

        long[] Missing()
        {
            var values = new List<long>();
            using var listener = new MeterListener
            {
                InstrumentPublished = (instrument, self) =>
                {
                    if (instrument.Meter.Scope == factory && instrument.Name == ServingMeters.DriftMissingRows)
                        self.EnableMeasurementEvents(instrument);
                },
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => values.Add(value));
            listener.Start();
            listener.RecordObservableInstruments();
            return [.. values.Order()];
        }
    }
}
