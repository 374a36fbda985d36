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
        await pool.WaitUntilReadyAsync().WaitAsync(Patience.Long);
        Assert.Equal("claims/7", pool.DefaultModel!.ToString());
        Assert.Equal(.625, pool.DefaultModel.Threshold);
        Assert.Equal(3, pool.DefaultModel.Monitor!.Snapshot().SampleEvery);
        string before = pool.GetModel("fraud").Fingerprint;
        Payments.Fit(3).Save(path);
        await Until(() => pool.GetModel("fraud").Fingerprint != before);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_configuration_that_goes_wrong_under_a_running_host_changes_nothing()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1));
        var settings = new Dictionary<string, string?> { ["AnomalyDetection:ModelFolder"] = _folder.Root, ["AnomalyDetection:ReloadInterval"] = "00:00:00.05" };
        using var host = Host(settings);
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.WaitUntilReadyAsync().WaitAsync(Patience.Long);
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        foreach (string wrong in (string[])["-00:00:01", "soon"])
        {
            configuration["AnomalyDetection:ReloadInterval"] = wrong;
            // Whoever asks the monitor of options is told; the host goes on with what it had.
            Record.Exception(configuration.Reload);
            string before = pool.GetModel("fraud").Fingerprint;
            Payments.Fit(wrong == "soon" ? 3UL : 2UL).Save(path);
            await Until(() => pool.DefaultModel!.Fingerprint != before);
        }

        configuration["AnomalyDetection:ReloadInterval"] = "00:00:00.05";
        configuration.Reload();
        await pool.ReloadAsync().WaitAsync(Patience.Long);
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_load_that_was_cancelled_is_made_up_for()
    {
        _folder.Save("fraud.akm", Payments.Fit(1));
        using var cancellation = new CancellationTokenSource();
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root };
        bool cancels = false;
        using var pool = new DetectorPool([], Options, new Serving.Loading.ModelLoader(meters: null, meterFactory: null), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        cancels = true;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.LoadAsync("fraud", null, cancellation.Token));
        cancels = false;
        await pool.ReloadAsync();
        Assert.NotNull(pool.FindModel("fraud"));

        // Asked for when the turn has been taken, before the file is read.
        AnomalyDetectionOptions Options()
        {
            if (cancels)
                cancellation.Cancel();
            return options;
        }
    }

    [Fact]
    public async Task Options_that_cannot_work_stop_the_host_by_name()
    {
        using var host = Host(new()
        {
            ["AnomalyDetection:ReloadInterval"] = "-00:00:01",
            ["AnomalyDetection:Models:a:Version"] = "1/2",
            ["AnomalyDetection:Monitoring:SampleEvery"] = "0",
            ["AnomalyDetection:Monitoring:MinAlertRatio"] = "0.5",
        });
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        foreach (string part in (string[])["AnomalyDetection:ReloadInterval", "AnomalyDetection:Models:a:Path", "AnomalyDetection:Models:a:Version", "SampleEvery", "has MinAlertRatio 0.5; it is at least 1."])
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ModelFoldr", "AnomalyDetection:ModelFoldr is not an option; did you mean 'ModelFolder'?")]
    [InlineData("modelfolder2", "did you mean 'ModelFolder'?")]
    [InlineData("Monitoring:SampelEvery", "AnomalyDetection:Monitoring:SampelEvery is not an option; did you mean 'SampleEvery'?")]
    [InlineData("Models:a:Treshold", "AnomalyDetection:Models:a:Treshold is not an option; did you mean 'Threshold'?")]
    [InlineData("Colour", "AnomalyDetection:Colour is not an option. The options of AnomalyDetection are DefaultModel, MaxWarmUpTime, ModelFolder,")]
    [InlineData("DefaultModel:Name", "AnomalyDetection:DefaultModel is a single value.")]
    public async Task A_key_that_nobody_reads_stops_the_host_by_name(string key, string message)
    {
        using var host = Host(new() { ["AnomalyDetection:" + key] = "hidden-value", ["AnomalyDetection:Models:a:Path"] = "a.akm" });
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Monitoring:IgnoredColumns", "p", "AnomalyDetection:Monitoring:IgnoredColumns is a list, and has a value of its own, which nobody would read. Number the entries from 0: AnomalyDetection:Monitoring:IgnoredColumns:0.")]
    [InlineData("Monitoring", "false", "AnomalyDetection:Monitoring has a value of its own, which nobody would read. Its options are AnomalyDetection:Monitoring:ComparesDates,")]
    [InlineData("Models", "a.akm", "AnomalyDetection:Models has a value of its own, which nobody would read. Give each entry a name: AnomalyDetection:Models:NAME:Path.")]
    [InlineData("Models:a", "a.akm", "AnomalyDetection:Models:a has a value of its own, which nobody would read. Its options are AnomalyDetection:Models:a:IsRequired, AnomalyDetection:Models:a:Path,")]
    [InlineData("Monitoring:WindowDuration", "24:00:00", "AnomalyDetection:Monitoring:WindowDuration has 24 hours, which would be read as days. Write [days.]hours:minutes:seconds: 1.00:00:00.")]
    [InlineData("ReloadInterval", "24:00:00", "AnomalyDetection:ReloadInterval has 24 hours, which would be read as days. Write [days.]hours:minutes:seconds: 1.00:00:00.")]
    [InlineData("ReloadInterval", "5", "AnomalyDetection:ReloadInterval is a number without a unit, which would be days.")]
    [InlineData("MaxWarmUpTime", "01:00:00", "AnomalyDetection:MaxWarmUpTime is 01:00:00; it is at most ten minutes, and zero for none.")]
    [InlineData("DefaultModel", " ", "AnomalyDetection:DefaultModel is blank.")]
    public async Task A_value_that_would_be_left_out_or_misread_stops_the_host_with_the_remedy(string key, string value, string message)
    {
        using var host = Host(new() { ["AnomalyDetection:" + key] = value });
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_with_numbers_is_read_and_an_empty_one_is_none()
    {
        using var host = Host(new() { ["AnomalyDetection:Monitoring:IgnoredColumns"] = "", ["AnomalyDetection:Monitoring:IgnoredColumns:0"] = "p", ["AnomalyDetection:Monitoring:WindowDuration"] = "0" });
        await host.StartAsync();
        var monitoring = host.Services.GetRequiredService<IOptions<AnomalyDetectionOptions>>().Value.Monitoring;
        Assert.Equal(["p"], monitoring.IgnoredColumns);
        Assert.Equal(TimeSpan.Zero, monitoring.WindowDuration);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("00:00:30")]
    [InlineData("23:59:59.999")]
    [InlineData("1.00:00:00")]
    [InlineData("1:00:00:00")]
    [InlineData("-00:00:01")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("soon")]
    public void Lengths_of_time_that_mean_what_they_say_are_left_to_the_binding(string text) => Assert.Null(AnomalyKit.Configuration.DurationText.ProblemOf(text));

    [Theory]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("36:30:00", "1.12:30:00")]
    [InlineData("48:00", "2.00:00")]
    [InlineData(" 100:00:00.5 ", "4.04:00:00.5")]
    [InlineData("-24:00:00", "-1.00:00:00")]
    public void Hours_beyond_a_day_get_the_text_that_was_meant(string text, string meant)
    {
        string problem = Assert.IsType<string>(AnomalyKit.Configuration.DurationText.ProblemOf(text));
        Assert.EndsWith($": {meant}.", problem, StringComparison.Ordinal);
        // What is advised is no problem, and is so many hours.
        Assert.Null(AnomalyKit.Configuration.DurationText.ProblemOf(meant));
        Assert.Equal(double.Parse(text.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture), Math.Truncate(TimeSpan.Parse(meant, System.Globalization.CultureInfo.InvariantCulture).TotalHours));
    }

    [Fact]
    public async Task A_default_model_that_can_never_come_stops_the_host_by_name()
    {
        using var host = Host(new() { ["AnomalyDetection:DefaultModel"] = "nope", ["AnomalyDetection:Models:b:Path"] = "b.akm", ["AnomalyDetection:Models:a:Path"] = "a.akm" });
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("AnomalyDetection:DefaultModel is 'nope', which is none of the models: a, b. Name one of them, or leave it out.", exception.Message, StringComparison.Ordinal);

        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAnomalyDetection(options => options.DefaultModel = "nope").AddModel("demo", Payments.Fit(1));
        using var inMemory = builder.Build();
        Assert.Contains("none of the models: demo.", (await Assert.ThrowsAsync<OptionsValidationException>(() => inMemory.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_model_that_may_come_later_degrades_the_host_until_it_is_there()
    {
        string folder = _folder.File("models/none");
        Directory.CreateDirectory(folder);
        using var host = Host(new() { ["AnomalyDetection:ModelFolder"] = Path.GetDirectoryName(folder), ["AnomalyDetection:DefaultModel"] = "nope", ["AnomalyDetection:ReloadInterval"] = "00:00:00" });
        await host.StartAsync();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        // Nothing is served: that is said, and no more.
        Assert.Null(pool.DefaultModelError);
        Assert.Equal(HealthStatus.Unhealthy, (await Health(host)).Status);

        _folder.Save("models/fraud.akm", Payments.Fit(1));
        await pool.ReloadAsync();
        Assert.True(pool.IsReady);
        Assert.Null(pool.DefaultModel);
        Assert.Contains("The default model 'nope' is not served.", pool.DefaultModelError, StringComparison.Ordinal);
        Assert.Contains("to one of: fraud.", pool.DefaultModelError, StringComparison.Ordinal);
        var health = await Health(host);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("The default model 'nope' is not served.", health.Entries["anomalykit"].Description, StringComparison.Ordinal);

        _folder.Save("models/nope.akm", Payments.Fit(2));
        await pool.ReloadAsync();
        Assert.Null(pool.DefaultModelError);
        Assert.Equal("nope/1", pool.DefaultModel!.ToString());
        Assert.Equal(HealthStatus.Healthy, (await Health(host)).Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Code_changes_options_after_the_configuration_did()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("AnomalyDetection:ReloadInterval", "00:00:07")]);
        TimeSpan configured = default;
        builder.Services.AddAnomalyDetection(options => (configured, options.ReloadInterval) = (options.ReloadInterval, TimeSpan.FromSeconds(9)));
        using var host = builder.Build();
        await host.StartAsync();
        Assert.Equal(TimeSpan.FromSeconds(9), host.Services.GetRequiredService<IOptions<AnomalyDetectionOptions>>().Value.ReloadInterval);
        Assert.Equal(TimeSpan.FromSeconds(7), configured);
        await host.StopAsync();
    }

    [Fact]
    public async Task Keys_in_other_letters_and_sections_of_others_are_no_mistakes()
    {
        _folder.Save("fraud.akm", Payments.Fit(1));
        using var host = Host(new() { ["ANOMALYDETECTION:MODELFOLDER"] = _folder.Root, ["AnomalyDetection:Serving:Whatever"] = "1", ["AnomalyDetection:Server:Urls"] = "", ["Anomaly:Key"] = "1" });
        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void All_options_are_keys()
    {
        var keys = AnomalyKit.Serving.Hosting.AnomalyDetectionKeys.All;
        Assert.Equal(Names(typeof(AnomalyDetectionOptions)).Concat(["Server", "Serving"]).Order(StringComparer.Ordinal), keys.Names.Order(StringComparer.Ordinal));
        Assert.Equal(Names(typeof(ModelOptions)), keys.Find("Models")!.Find("any")!.Names.Order(StringComparer.Ordinal));
        Assert.Equal(Names(typeof(ModelMonitoringOptions)), keys.Find("Monitoring")!.Names.Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(Type options) => options.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal);
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
        var pool = host.Services.GetRequiredService<DetectorPool>();
        // Before anything was refused there is a count of nothing: the first refusal is an increase.
        listener.RecordObservableInstruments();
        Assert.Equal((0, 0), (sums["anomalykit.serving.loads loaded"], sums["anomalykit.serving.loads refused"]));
        await host.StartAsync();
        // The host's own first look has ended: it would find the broken file, too.
        await pool.WaitUntilReadyAsync();
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
        Assert.Equal(1, sums["anomalykit.serving.failures"]);
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
        // All pools of the process have one source: the models of other tests, on other threads, are none of this one's business.
        int here = Environment.CurrentManagedThreadId;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ServingMeters.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => Environment.CurrentManagedThreadId == here ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
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
        using var patience = new CancellationTokenSource(Patience.Long);
        while (!condition())
            await Task.Delay(20, patience.Token);
    }
}
