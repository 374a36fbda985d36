using System.Diagnostics;
using System.Diagnostics.Metrics;
using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Extensions.Tests;

/// <summary>The pool in a host: options, reload in the background, health, meters.</summary>
public sealed class HostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Options_come_from_the_configuration_and_files_are_reloaded()
    {
        string path = _folder.Save("fraud/1/model.akm", Payments.Fit(1));
        string named = _folder.Save("../named-" + Guid.NewGuid() + "/m.akm", Payments.Fit(2));
        using var host = Host(new()
        {
            ["AnomalyDetection:ModelFolder"] = _folder.Root,
            ["AnomalyDetection:DefaultModel"] = "claims",
            ["AnomalyDetection:ReloadInterval"] = "00:00:00.05",
            ["AnomalyDetection:Models:claims:Path"] = named,
            ["AnomalyDetection:Models:claims:Version"] = "7",
            ["AnomalyDetection:Models:claims:Threshold"] = "0.625",
            ["AnomalyDetection:Monitoring:SampleEvery"] = "3",
        });
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<IDetectorPool>();
        await pool.WaitUntilReadyAsync().WaitAsync(Patience);
        Assert.Equal("claims/7", pool.DefaultModel!.ToString());
        Assert.Equal(.625, pool.DefaultModel.Threshold);
        Assert.Equal(3, pool.DefaultModel.Monitor!.Snapshot().SampleEvery);
        string before = pool.GetModel("fraud").Fingerprint;
        Payments.Fit(3).Save(path);
        await Until(() => pool.GetModel("fraud").Fingerprint != before);
        await host.StopAsync();
    }

    [Fact]
    public async Task Options_that_cannot_work_stop_the_host_by_name()
    {
        using var host = Host(new()
        {
            ["AnomalyDetection:ReloadInterval"] = "-00:00:01",
            ["AnomalyDetection:Models:a:Version"] = "1/2",
            ["AnomalyDetection:Monitoring:SampleEvery"] = "0",
        });
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        foreach (string part in (string[])["AnomalyDetection:ReloadInterval", "AnomalyDetection:Models:a:Path", "AnomalyDetection:Models:a:Version", "SampleEvery"])
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_what_is_wrong_and_a_failed_reload_is_no_reason_to_restart()
    {
        string path = _folder.File("fraud.akm");
        File.WriteAllText(path, "no model");
        using var host = Host(new() { ["AnomalyDetection:ModelFolder"] = _folder.Root, ["AnomalyDetection:ReloadInterval"] = "00:00:00" });
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        var bad = await Health(host);
        Assert.Equal(HealthStatus.Unhealthy, bad.Status);
        Assert.Contains("fraud/1", bad.Entries["anomalykit"].Description, StringComparison.Ordinal);
        Payments.Fit(1).Save(path);
        await pool.ReloadAsync();
        Assert.Equal(HealthStatus.Healthy, (await Health(host)).Status);
        File.WriteAllText(path, "no model");
        await pool.ReloadAsync();
        Assert.Equal(HealthStatus.Degraded, (await Health(host)).Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Meters_count_rows_anomalies_and_loads_by_model_and_version()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1).WithThreshold(double.NegativeInfinity));
        using var host = Host(new() { ["AnomalyDetection:ModelFolder"] = _folder.Root, ["AnomalyDetection:ReloadInterval"] = "00:00:00" });
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        var sums = new Dictionary<string, double>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, 1, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.Start();
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        File.WriteAllText(path, "no model");
        await pool.ReloadAsync();
        var model = pool.GetModel("fraud");
        model.Score(Payments.Values(1, 12), new float[12]);
        model.Score(Payments.Table(Payments.Values(1, 8)), new float[8]);
        listener.RecordObservableInstruments();
        Assert.Equal(20, sums["anomalykit.serving.rows fraud 1"]);
        Assert.Equal(20, sums["anomalykit.serving.anomalies fraud 1"]);
        Assert.Equal(2, sums["anomalykit.serving.duration fraud 1"]);
        Assert.Equal(1, sums["anomalykit.serving.loads loaded"]);
        Assert.Equal(1, sums["anomalykit.serving.loads refused"]);
        Assert.Equal(1, sums["anomalykit.serving.models"]);
        await host.StopAsync();

        void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string key = string.Join(' ', [name, .. tags.ToArray().Select(tag => tag.Value)]);
            lock (sums)
                sums[key] = sums.GetValueOrDefault(key) + value;
        }
    }

    [Fact]
    public void A_trace_tells_the_model_the_version_and_the_rows()
    {
        var model = new ServedModel("traced", "4", Payments.Fit(1));
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ServingMeters.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem(ServingMeters.ModelTag) == "traced")
                    seen.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        model.Score(new double[12], new float[4]);
        var one = Assert.Single(seen);
        Assert.Equal(("4", 4), (one.GetTagItem(ServingMeters.VersionTag), one.GetTagItem("anomalykit.rows")));
    }

    [Fact]
    public async Task Detectors_in_memory_need_no_file()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAnomalyDetection().AddModel("demo", Payments.Fit(1));
        builder.Services.AddAnomalyDetection(options => options.DefaultModel = "demo").AddModel("other", Payments.Fit(2), "3");
        using var host = builder.Build();
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<IDetectorPool>();
        Assert.True(pool.IsReady);
        Assert.Equal("demo/1", pool.DefaultModel!.ToString());
        Assert.Equal("3", pool.GetModel("other").Version);
        Assert.NotNull(pool.DefaultModel.Monitor);
        await host.StopAsync();
    }

    private static IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddAnomalyDetection();
        return builder.Build();
    }

    private static Task<HealthReport> Health(IHost host) => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(20, patience.Token);
    }
}
